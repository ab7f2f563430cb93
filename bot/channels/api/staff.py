"""The staff routes of the JSON interface: the ranking behind an answer, factor by factor."""

import hmac

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag

from bot.answering.answerer import Answerer, Ranking
from bot.answering.question import Question
from bot.channels.api.models import ChangeModel, FactorModel, HitModel, Problem, SearchRequest, SearchResponse
from bot.channels.api.problems import problem
from bot.channels.api.routes import json_response
from bot.channels.services import Services
from bot.search.index import Hit

SECURITY_SCHEME = "staff"


def staff_blueprint(services: Services) -> APIBlueprint:
    """The routes that need the staff token; without a token in the settings they answer 403."""
    staff = APIBlueprint(
        "staff",
        __name__,
        url_prefix="/api/v1",
        abp_security=[{SECURITY_SCHEME: []}],
        abp_responses={401: Problem, 403: Problem, 422: Problem},
    )

    @staff.before_request
    def let_staff_in() -> Response | None:
        if not services.staff_token:
            return problem(403, "staff routes: are closed; set STAFF_TOKEN to open them")
        given = request.headers.get("Authorization", "").encode()
        if hmac.compare_digest(given, f"Bearer {services.staff_token}".encode()):
            return None
        refusal = problem(401, "Authorization: is missing or wrong; send 'Bearer <STAFF_TOKEN>'")
        refusal.headers["WWW-Authenticate"] = "Bearer"
        return refusal

    @staff.post(
        "/search",
        tags=[Tag(name="staff", description="for testing queries")],
        responses={200: SearchResponse},
    )
    def search(body: SearchRequest) -> Response:
        """Ranked clauses with every factor of every score, and what was rejected and why."""
        answerer = services.answerer()
        ranking = answerer.rank(Question(body.question, body.k))

        def row(rank: int, hit: Hit, rejected: str | None) -> HitModel:
            clause = answerer.library.clauses_by_id[hit.entry_id]
            return HitModel(
                rank=rank,
                clause_id=clause.clause_id,
                title=answerer.library.by_id[clause.document_id].document.title,
                label=clause.label,
                text=clause.text,
                score=hit.score,
                confidence=hit.confidence,
                rejected=rejected,
                explanation=_explanation(answerer, ranking, hit) if body.explain else None,
            )

        after = len(ranking.kept) + 1
        return json_response(
            SearchResponse(
                question=body.question,
                understood_as=ranking.query.text,
                changes=[ChangeModel.of(change) for change in ranking.query.changes],
                terms=list(ranking.query.terms),
                hits=[row(rank, hit, None) for rank, hit in enumerate(ranking.kept, start=1)],
                rejected=[
                    row(rank, hit, why) for rank, (hit, why) in enumerate(ranking.rejected, start=after)
                ],
            )
        )

    return staff


def _explanation(answerer: Answerer, ranking: Ranking, hit: Hit) -> list[FactorModel]:
    return FactorModel.all_of(answerer.index.explain(ranking.query, hit.entry_id))
