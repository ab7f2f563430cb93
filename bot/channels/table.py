"""CHANNELS: one row for each way to reach the service."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Blueprint, Response
from flask_openapi3 import APIBlueprint

from bot.channels.api.blueprints import api_blueprints
from bot.channels.api.problems import api_refusal
from bot.channels.desk import Desk
from bot.channels.web.kiosk.routes import kiosk_blueprints, kiosk_refusal
from bot.channels.web.pages import error_page, web_blueprints
from bot.channels.wechat.account import Platform, account_of
from bot.channels.wechat.routes import chat_blueprints, xml_refusal
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to reach the service.

    Args:
        name: our own word for it.
        paths: what the paths of its requests begin with; a refusal there is in the channel's own form.
        blueprints: its routes; none where its settings leave it out.
        refusal: a response for a request that cannot be answered, from an HTTP status and the numbers to call
            in danger; they are empty if nobody can have asked for help.
    """

    name: str
    paths: tuple[str, ...]
    blueprints: Callable[[Desk], Iterable[Blueprint | APIBlueprint]]
    refusal: Callable[[int, str], Response]


CHANNELS = (
    Channel("api", ("/api/", "/openapi.json/"), api_blueprints, api_refusal),
    Channel("wechat", ("/wechat/",), lambda desk: chat_blueprints(desk, Platform.WECHAT), xml_refusal),
    Channel("wecom", ("/wecom/",), lambda desk: chat_blueprints(desk, Platform.WECOM), xml_refusal),
    Channel("kiosk", ("/kiosk/",), kiosk_blueprints, kiosk_refusal),
    Channel("web", ("/",), web_blueprints, error_page),  # last: it takes every other path
)


def check_channels(settings: Settings) -> None:
    """Checks the settings of all channels before anything is loaded for them.

    Raises:
        SettingsError: some are missing or unusable.
    """
    for platform in Platform:
        account_of(settings, platform)


def channel_of(path: str) -> Channel:
    """The channel that a request's path belongs to."""
    whole = f"{path.rstrip('/')}/"
    return next(channel for channel in CHANNELS if whole.startswith(channel.paths))
