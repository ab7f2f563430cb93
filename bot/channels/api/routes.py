"""The routes of the JSON interface, `/api/v1`: ask, and what is held."""

from dataclasses import asdict
from datetime import date

from flask import Response, abort
from flask_openapi3 import APIBlueprint, Tag
from flask_openapi3.types import ResponseDict
from pydantic import BaseModel

from bot.answering.answer import Status
from bot.answering.question import Question
from bot.channels.api.models import (
    AnswerModel,
    AskQuery,
    AskRequest,
    ClauseModel,
    ClausePath,
    ClauseRow,
    DocumentModel,
    DocumentPath,
    DocumentsResponse,
    DocumentSummary,
    Problem,
)
from bot.channels.services import Services
from bot.policy.citation import cite, links
from bot.policy.document import Document
from bot.policy.library import Library

STATUS_CODES = {Status.MAINTENANCE: 503, Status.FAILED: 500}
"""HTTP status of an answer; 200 for the others."""

_ANSWERS: ResponseDict = {200: AnswerModel, 500: AnswerModel, 503: AnswerModel}
_ASK = Tag(name="ask", description="questions and their answers")
_HELD = Tag(name="documents", description="what is held")


def json_response(body: BaseModel, status: int = 200) -> Response:
    """A model as JSON."""
    return Response(body.model_dump_json(), status=status, content_type="application/json")


def api_blueprint(services: Services) -> APIBlueprint:
    """The public routes of the JSON interface."""
    api = APIBlueprint("api", __name__, url_prefix="/api/v1", abp_responses={422: Problem})

    def answered(question: Question) -> Response:
        answer = services.ask(question, "api")
        return json_response(AnswerModel.of(answer), STATUS_CODES.get(answer.status, 200))

    @api.post("/ask", tags=[_ASK], responses=_ANSWERS)
    def ask(body: AskRequest) -> Response:
        """The clauses that answer a question."""
        return answered(Question(body.question, body.k))

    @api.get("/ask", tags=[_ASK], responses=_ANSWERS)
    def ask_by_query(query: AskQuery) -> Response:
        """The clauses that answer a question."""
        return answered(Question(query.q, query.k))

    @api.get("/documents", tags=[_HELD], responses={200: DocumentsResponse})
    def documents() -> Response:
        """Every document that is held."""
        library, today = services.answerer().library, services.today()
        held = [
            DocumentSummary.model_validate(_known(library, holding.document, today))
            for holding in library.holdings
        ]
        return json_response(DocumentsResponse(documents=held))

    @api.get("/documents/<document_id>", tags=[_HELD], responses={200: DocumentModel, 404: Problem})
    def document(path: DocumentPath) -> Response:
        """A document with its text and the places of its clauses."""
        library = services.answerer().library
        holding = library.by_id.get(path.document_id)
        if holding is None:
            abort(404, "document: is not held; see /api/v1/documents")
        rows = [ClauseRow.of(clause) for clause in holding.outline.clauses]
        known = _known(library, holding.document, services.today())
        return json_response(DocumentModel.model_validate(known | {"clauses": rows}))

    @api.get("/clauses/<clause_id>", tags=[_HELD], responses={200: ClauseModel, 404: Problem})
    def clause(path: ClausePath) -> Response:
        """A clause with its citation."""
        library = services.answerer().library
        found = library.clauses_by_id.get(path.clause_id)
        if found is None:
            abort(404, "clause: is not held; see the clauses of its document")
        citation = cite(library, found, services.today(), services.site)
        references = links(library, found, services.site)
        return json_response(ClauseModel.of(found, citation, references))

    return api


def _known(library: Library, document: Document, today: date) -> dict[str, object]:
    """What is known of a document on a day."""
    validity = library.validity[document.document_id]
    ended = library.supersedes[document.document_id]
    return asdict(document) | {
        "digest": document.digest,
        "effective_on": validity.begins,
        "expires_on": validity.ends,
        "supersedes": tuple(dict.fromkeys([*document.supersedes, *ended])),
        "legal_force": validity.force(today),
        "superseded_by": [new.document_id for new in library.successors(document.document_id, today)],
    }
