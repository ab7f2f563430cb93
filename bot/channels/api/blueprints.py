"""All routes of the JSON interface."""

from flask_openapi3 import APIBlueprint

from bot.channels.api.drafts import drafts_blueprint
from bot.channels.api.operation import operation_blueprint
from bot.channels.api.routes import api_blueprint
from bot.channels.api.staff import staff_blueprint
from bot.channels.desk import Desk


def api_blueprints(desk: Desk) -> tuple[APIBlueprint, ...]:
    """The routes for programs, for staff, and for the operator of the service."""
    return api_blueprint(desk), staff_blueprint(desk), drafts_blueprint(desk), operation_blueprint(desk)
