"""The pages of a document: the whole text, and each clause with its citation for copying."""

from dataclasses import dataclass
from typing import Self

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for

from bot.answering import attribution
from bot.channels.desk import Desk
from bot.channels.web.reader.front import Front
from bot.channels.web.reader.response import gone_page, public_page
from bot.channels.web.reader.sheets import Sheets
from bot.export.linked_data import linked_data
from bot.policy.citation import cite
from bot.policy.holding import Holding
from bot.policy.library import Library
from bot.policy.link import Fate, Target, resolve, version_of


@dataclass(frozen=True, slots=True)
class Notice:
    """What became of a clause since its link was made. `anchor` is empty: the clause is gone."""

    fate: Fate
    anchor: str

    @classmethod
    def of(cls, holding: Holding) -> Self | None:
        """The notice that this request asks for: `?moved=t12`, `?changed=`; None: no notice."""
        for fate in (Fate.MOVED, Fate.CHANGED):
            anchor = request.args.get(fate)
            if anchor is not None:
                is_held = f"{holding.document.document_id}:{anchor}" in holding.clauses
                return cls(fate, anchor if is_held else "")
        return None


def add_reading(pages: Blueprint, desk: Desk) -> None:
    """The routes of documents, and of links to their clauses."""
    sheets = Sheets()

    @pages.get("/policy/<document_id>")
    def policy(document_id: str) -> Response:
        """A document as a whole."""
        library = desk.answerer().basis.library
        holding = library.by_id.get(document_id)
        if holding is None:
            abort(404)
        today, site = desk.today(), desk.settings.public_url
        return public_page(
            "policy.html",
            front=Front(library, holding, today),
            sheet=sheets.of(library, document_id),
            notice=Notice.of(holding),
            linked=linked_data(library, holding.document, today, site),
        )

    @pages.get("/c/<clause_id>")
    def clause_link(clause_id: str) -> Response:
        """Redirects to the clause for which the link was made, wherever it stands now."""
        library, document_id = desk.answerer().basis.library, clause_id.partition(":")[0]
        if document_id not in library.by_id:
            return gone_page()
        target = _target(library, clause_id)
        anchor = target.clause.anchor if target.clause else None
        moved, changed = (
            anchor or "" if target.fate is fate else None for fate in (Fate.MOVED, Fate.CHANGED)
        )
        shown = url_for("pages.policy", document_id=document_id, moved=moved, changed=changed, _anchor=anchor)
        response = make_response(redirect(shown))
        response.headers["Cache-Control"] = "no-cache"
        return response

    @pages.get("/cite/<clause_id>")
    def citation(clause_id: str) -> Response:
        """A clause with its citation and its permanent link, to copy or print."""
        library = desk.answerer().basis.library
        target = _target(library, clause_id)
        if target.clause is None:
            return gone_page()
        clause, source = target.clause, attribution.source_line(cite(library, target.clause, desk.today()))
        return public_page(
            "cite.html", clause=clause, version=version_of(clause), source=source, fate=target.fate
        )


def _target(library: Library, clause_id: str) -> Target:
    """The target of a link. A link without `v` means the words that stand there now."""
    held = library.clauses_by_id.get(clause_id)
    version = request.args.get("v") or (version_of(held) if held else "")
    return resolve(library, clause_id, version)
