"""All routes of the JSON interface."""

from flask_openapi3 import APIBlueprint

from bot.channels.api.drafts import drafts_blueprint
from bot.channels.api.operation import operation_blueprint
from bot.channels.api.routes import api_blueprint
from bot.channels.api.staff import staff_blueprint
from bot.channels.desk import Desk


def api_blueprints(desk: Desk, *, described: bool = False) -> tuple[APIBlueprint, ...]:
    """The routes for programs, for staff, and for the operator of the service.

    Args:
        described: whether they know their OpenAPI description too, which takes a tenth of a second.
    """
    kinds = (api_blueprint, staff_blueprint, drafts_blueprint, operation_blueprint)
    return tuple(blueprint(desk, described=described) for blueprint in kinds)
