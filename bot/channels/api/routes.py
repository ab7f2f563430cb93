"""The public routes of the JSON interface, `/api/v1`: questions, documents and clauses."""

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from flask_openapi3.types import ResponseDict

from bot.answering.question import Question
from bot.channels.api.answers import AnswerModel, answer_json
from bot.channels.api.holdings import (
    ClauseModel,
    ClauseRow,
    DocumentModel,
    DocumentsResponse,
    DocumentSummary,
    known_of,
)
from bot.channels.api.requests import (
    AskQuery,
    AskRequest,
    ClausePath,
    DocumentPath,
    FeedbackRequest,
    FeedbackResponse,
    further,
)
from bot.channels.desk import Desk
from bot.channels.http import Problem, ProblemRow, answer_status, json_response, problem
from bot.errors import UnknownPlaceError
from bot.policy.citation import cite, links

_ANSWERS: ResponseDict = {200: AnswerModel, 500: AnswerModel, 503: AnswerModel}
_ASK = Tag(name="ask", description="questions and their answers")
_HELD = Tag(name="documents", description="what is held")

_NO_DOCUMENT = "没有收录这份文件；有哪些文件，请看 /api/v1/documents。"
_NO_CLAUSE = "没有收录这一条；有哪些条款，请看 /api/v1/documents/<document_id>。"


def api_blueprint(desk: Desk, *, described: bool) -> APIBlueprint:
    """The public routes of the JSON interface."""
    api = APIBlueprint("api", __name__, url_prefix="/api/v1", abp_responses={422: Problem}, doc_ui=described)
    _add_asking(api, desk)
    _add_holdings(api, desk)
    return api


def _add_asking(api: APIBlueprint, desk: Desk) -> None:
    """The routes for questions, and for feedback on answers."""

    def answered(question: Question, conversation_id: str | None = None) -> Response:
        answer = desk.ask(question, "api", conversation_id)
        return Response(answer_json(answer), answer_status(answer.status), content_type="application/json")

    @api.post("/ask", tags=[_ASK], responses=_ANSWERS)
    def ask(body: AskRequest) -> Response:
        """The clauses that answer a question."""
        try:
            question = Question(body.question, body.k, as_of=body.as_of, further=further(body))
            question = desk.question(question, body.jurisdiction, body.site)
        except UnknownPlaceError as error:
            said = f"{desk.first_aid(body.question)}{error.field}：{error}"
            return problem(422, said, [ProblemRow(field=error.field, problem=str(error))])
        return answered(question, body.conversation_id)

    @api.post("/feedback", tags=[_ASK], responses={200: FeedbackResponse})
    def feedback(body: FeedbackRequest) -> Response:
        """Keeps whether an answer helped; a later word replaces an earlier one."""
        kept = desk.judge(body.answer_id, body.reason, helpful=body.helpful)
        return json_response(FeedbackResponse(kept=kept))

    @api.get("/ask", tags=[_ASK], responses=_ANSWERS)
    def ask_by_query(query: AskQuery) -> Response:
        """The clauses that answer a question."""
        return answered(Question(query.q, query.k, further=further(query)))


def _add_holdings(api: APIBlueprint, desk: Desk) -> None:
    """The routes for documents and clauses."""

    @api.get("/documents", tags=[_HELD], responses={200: DocumentsResponse})
    def documents() -> Response:
        """Every document that is held."""
        library, today = desk.answerer().basis.library, desk.today()
        held = [
            DocumentSummary.model_validate(known_of(library, holding.document, today))
            for holding in library.holdings
        ]
        return json_response(DocumentsResponse(documents=held))

    @api.get("/documents/<document_id>", tags=[_HELD], responses={200: DocumentModel, 404: Problem})
    def document(path: DocumentPath) -> Response:
        """A document with its text and the places of its clauses."""
        library = desk.answerer().basis.library
        holding = library.by_id.get(path.document_id)
        if holding is None:
            return problem(404, _NO_DOCUMENT)
        rows = [ClauseRow.of(clause) for clause in holding.outline.clauses]
        known = known_of(library, holding.document, desk.today())
        return json_response(DocumentModel.model_validate(known | {"clauses": rows}))

    @api.get("/clauses/<clause_id>", tags=[_HELD], responses={200: ClauseModel, 404: Problem})
    def clause(path: ClausePath) -> Response:
        """A clause with its citation."""
        basis = desk.answerer().basis
        found = basis.library.clauses_by_id.get(path.clause_id)
        if found is None:
            return problem(404, _NO_CLAUSE)
        citation = cite(basis.library, found, desk.today(), basis.site)
        references = links(basis.library, found, basis.site)
        return json_response(ClauseModel.of(found, citation, references))
