"""The OpenAPI description: what flask-openapi3 derives from the models, with errors as we send them."""

from typing import Any

from flask_openapi3 import Info, OpenAPI

from bot.channels.api.blueprints import api_blueprints
from bot.channels.api.staff import SECURITY_SCHEME
from bot.channels.desk import Desk
from bot.channels.http import PROBLEM_JSON

DESCRIPTION = "description"
"""Under which key an application keeps the function that gives it."""

_PROBLEM = {"$ref": "#/components/schemas/Problem"}


def description(desk: Desk) -> dict[str, Any]:
    """The description of the routes for programs. It is made when it is asked for: a start need not wait.

    flask-openapi3 describes every model as application/json, and a 422 of its own shape on every route.
    """
    app = OpenAPI(
        __name__,
        info=Info(title="政策问答", version="1", description="政策原文逐字问答 · verbatim policy answers"),
        security_schemes={SECURITY_SCHEME: {"type": "http", "scheme": "bearer"}},
        doc_ui=False,
        static_folder=None,
    )
    for blueprint in api_blueprints(desk, described=True):
        app.register_api(blueprint)
    document: dict[str, Any] = dict(app.api_doc)
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"] = {
                status: _as_sent(response)
                for status, response in operation["responses"].items()
                if status != "422" or _validates(operation)
            }
    document["components"]["schemas"].pop(app.validation_error_model.__name__, None)
    return document


def _validates(operation: dict[str, Any]) -> bool:
    """Whether anything sent to an operation can be unusable."""
    return "requestBody" in operation or any(row["in"] == "query" for row in operation.get("parameters", ()))


def _as_sent(response: dict[str, Any]) -> dict[str, Any]:
    content = response["content"]
    if content.get("application/json", {}).get("schema") != _PROBLEM:
        return response
    return response | {"content": {PROBLEM_JSON: content["application/json"]}}
