"""All rules, in the order of docs/check.md."""

from bot.policy.lint import copies, days, leftovers, links, metadata, numbering
from bot.policy.lint.inspection import Rule, Severity

RULES = (
    Rule("no-clauses", Severity.WARNING, numbering.no_clauses),
    Rule("article-gap", Severity.WARNING, numbering.article_gap),
    Rule("stray-article", Severity.WARNING, numbering.stray_article),
    Rule("repeated-clause", Severity.WARNING, copies.repeated_clause),
    Rule("copied-document", Severity.WARNING, copies.copied_document),
    Rule("copied-clause", Severity.NOTE, copies.copied_clause),
    Rule("dead-reference", Severity.WARNING, links.dead_reference),
    Rule("conflicting-days", Severity.WARNING, days.conflicting_days),
    Rule("impossible-days", Severity.ERROR, days.impossible_days),
    Rule("unmarked-expiry", Severity.WARNING, days.unmarked_expiry),
    Rule("unknown-effect", Severity.WARNING, days.unknown_effect),
    Rule("lost-predecessor", Severity.WARNING, days.lost_predecessor),
    Rule("backward-supersession", Severity.WARNING, days.backward_supersession),
    Rule("missing-metadata", Severity.NOTE, metadata.missing_metadata),
    Rule("mojibake", Severity.WARNING, leftovers.mojibake),
    Rule("radical", Severity.WARNING, leftovers.radical),
    Rule("spaced-words", Severity.WARNING, leftovers.spaced_words),
    Rule("page-number", Severity.WARNING, leftovers.page_number),
    Rule("letter-in-number", Severity.WARNING, leftovers.letter_in_number),
    Rule("broken-paragraph", Severity.WARNING, leftovers.broken_paragraph),
)
