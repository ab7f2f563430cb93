"""All rules, in the order of docs/check.md."""

from bot.policy.lint import copies, days, leftovers, links, metadata, numbering
from bot.policy.lint.inspection import LintRule, Severity

RULES = (
    LintRule("no-clauses", Severity.WARNING, numbering.no_clauses),
    LintRule("article-gap", Severity.WARNING, numbering.article_gap),
    LintRule("stray-article", Severity.WARNING, numbering.stray_article),
    LintRule("repeated-clause", Severity.WARNING, copies.repeated_clause),
    LintRule("copied-document", Severity.WARNING, copies.copied_document),
    LintRule("copied-clause", Severity.NOTE, copies.copied_clause),
    LintRule("dead-reference", Severity.WARNING, links.dead_reference),
    LintRule("conflicting-days", Severity.WARNING, days.conflicting_days),
    LintRule("impossible-days", Severity.ERROR, days.impossible_days),
    LintRule("unmarked-expiry", Severity.WARNING, days.unmarked_expiry),
    LintRule("unknown-effect", Severity.WARNING, days.unknown_effect),
    LintRule("lost-predecessor", Severity.WARNING, days.lost_predecessor),
    LintRule("backward-supersession", Severity.WARNING, days.backward_supersession),
    LintRule("missing-metadata", Severity.NOTE, metadata.missing_metadata),
    LintRule("joined-issuers", Severity.WARNING, metadata.joined_issuers),
    LintRule("unclear-jurisdiction", Severity.WARNING, metadata.unclear_jurisdiction),
    LintRule("mojibake", Severity.WARNING, leftovers.mojibake),
    LintRule("radical", Severity.WARNING, leftovers.radical),
    LintRule("spaced-words", Severity.WARNING, leftovers.spaced_words),
    LintRule("page-number", Severity.WARNING, leftovers.page_number),
    LintRule("letter-in-number", Severity.WARNING, leftovers.letter_in_number),
    LintRule("markdown", Severity.WARNING, leftovers.markdown),
    LintRule("broken-paragraph", Severity.WARNING, leftovers.broken_paragraph),
)
