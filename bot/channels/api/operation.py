"""The routes for the operator of the service: is the process alive, is the index loaded."""

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel

from bot.channels.desk import Desk


class Health(BaseModel):
    """The state of the process or the index. `why`: what needs the operator's attention; None: nothing."""

    status: str
    why: list[str] | None = None


def operation_blueprint(desk: Desk, *, described: bool) -> APIBlueprint:
    """`/healthz` and `/readyz`."""
    operation = APIBlueprint(
        "operation",
        __name__,
        abp_tags=[Tag(name="operation", description="for the operator of the service")],
        doc_ui=described,
    )

    @operation.get("/healthz", responses={200: Health})
    def healthz() -> Response:
        """Whether the process answers."""
        return _told(Health(status="ok"))

    @operation.get("/readyz", responses={200: Health, 503: Health})
    def readyz() -> Response:
        """Whether there is an index with at least one clause to answer from.

        During maintenance too: everybody gets the notice from here, not an error from a proxy in front.
        Without records it answers as well, but what is asked is not kept: degraded.
        """
        basis = desk.answerer().basis
        if not basis.library.clauses_by_id:
            return _told(Health(status="empty"), 503)
        if basis.is_closed:
            return _told(Health(status="maintenance"))
        why = [*desk.troubles(), *([] if desk.store.ping() else ["records_out_of_order"])]
        return _told(Health(status="degraded", why=why) if why else Health(status="ready"))

    return operation


def _told(health: Health, status: int = 200) -> Response:
    return Response(health.model_dump_json(exclude_none=True), status=status, content_type="application/json")
