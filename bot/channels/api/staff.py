"""The staff routes of the JSON interface: the ranking behind an answer, factor by factor."""

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from bot.answering.answerer import Answerer
from bot.answering.question import Question
from bot.answering.ranking import Ranking
from bot.channels.api.explanations import ChangeModel, FactorModel, HitModel, SearchResponse
from bot.channels.api.requests import SearchRequest
from bot.channels.desk import Desk
from bot.channels.http import Problem, json_response, refuse_strangers, refuse_while_closed
from bot.search.searcher import Hit

SECURITY_SCHEME = "staff"


def staff_blueprint(desk: Desk, *, described: bool) -> APIBlueprint:
    """The routes that need the staff token; without a token in the settings they answer 403."""
    staff = APIBlueprint(
        "staff",
        __name__,
        url_prefix="/api/v1",
        abp_security=[{SECURITY_SCHEME: []}],
        abp_responses={401: Problem, 403: Problem, 422: Problem, 503: Problem},
        doc_ui=described,
    )

    @staff.before_request
    def guard() -> Response | None:
        refusal = refuse_strangers(desk.settings.staff_token, desk.limiter)
        return refusal or refuse_while_closed(is_closed=desk.answerer().basis.is_closed)

    @staff.post(
        "/search",
        tags=[Tag(name="staff", description="for testing queries")],
        responses={200: SearchResponse},
    )
    def search(body: SearchRequest) -> Response:
        """Ranked clauses with every factor of every score, and what was rejected and why."""
        answerer = desk.answerer()
        ranking = answerer.rank(Question(body.question, body.k))
        return json_response(_response(answerer, body, ranking))

    return staff


def _response(answerer: Answerer, asked: SearchRequest, ranking: Ranking) -> SearchResponse:
    """A ranking as JSON; the ranks of rejected hits follow those of the hits that are quoted."""
    judged: list[tuple[Hit, str | None]] = [*((hit, None) for hit in ranking.kept), *ranking.rejected]
    rows = [_row(answerer, rank, hit, reason) for rank, (hit, reason) in enumerate(judged, start=1)]
    if asked.explain:
        for row in rows:
            explanation = answerer.basis.index.explain(ranking.query, row.clause_id)
            row.explanation = FactorModel.all_of(explanation)
    return SearchResponse(
        question=asked.question,
        understood_as=ranking.query.text,
        changes=[ChangeModel.of(change) for change in ranking.query.changes],
        terms=list(ranking.query.terms),
        hits=rows[: len(ranking.kept)],
        rejected=rows[len(ranking.kept) :],
    )


def _row(answerer: Answerer, rank: int, hit: Hit, rejected: str | None) -> HitModel:
    library = answerer.basis.library
    clause = library.clauses_by_id[hit.entry_id]
    return HitModel(
        rank=rank,
        clause_id=clause.clause_id,
        title=library.by_id[clause.document_id].document.title,
        label=clause.label,
        text=clause.text,
        score=hit.score,
        confidence=hit.confidence,
        rejected=rejected,
        explanation=None,
    )
