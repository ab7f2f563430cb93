"""The one frozen Settings: the only door to the environment and to python-dotenv.

Each field of `Settings` is a row of the settings table: its name in upper case is the variable, its
description the help. README and `.env.example` list the same rows; a test compares them.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from dotenv import dotenv_values
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.errors import SettingsError
from bot.logs import LogFormat


def _site_address(value: str) -> str:
    """The address without a slash at its end; empty stays empty."""
    if value and not _ADDRESS.match(value):
        raise ValueError("is no address; write one such as https://zhengce.example.cn")
    return value.rstrip("/")


def _origins(value: str) -> str:
    """Origins with one blank between them; empty stays empty."""
    origins = value.replace(",", " ").split()
    if not all(map(_ORIGIN.fullmatch, origins)):
        raise ValueError("has something that is no origin; write such as https://shequ.example.cn, no path")
    return " ".join(origins)


def _secret(characters: int, *, rotates: bool = False) -> AfterValidator:
    """Refuses a secret that can be guessed; empty is none. One that rotates may be two, `new,old`."""

    def long_enough(value: str) -> str:
        parts = value.split(",") if rotates else [value]
        if value and min(len(part.strip()) for part in parts) < characters:
            raise ValueError(f"has fewer than {characters} characters; make one by: openssl rand -hex 16")
        return value

    return AfterValidator(long_enough)


def _nodes(value: str) -> str:
    """Addresses of nodes with one blank between them; empty stays empty."""
    nodes = value.replace(",", " ").split()
    if not all(map(_NODE.fullmatch, nodes)):
        raise ValueError(
            "has something that is no address of a node; write such as https://10.0.0.1:9200, no path, "
            "no password"
        )
    return " ".join(node.rstrip("/") for node in nodes)


_ADDRESS = re.compile(r"https?://[^\s/]")
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?")
_NODE = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?/?")
_VISIBLE_ASCII = r"^[!-~]*$"

ChatMode = Literal["", "plain", "compatible", "safe"]

_UpperCase = BeforeValidator(lambda value: str(value).upper())
_LowerCase = BeforeValidator(lambda value: str(value).lower())
_SiteAddress = Annotated[str, AfterValidator(_site_address)]
_Origins = Annotated[str, AfterValidator(_origins)]
_Nodes = Annotated[str, AfterValidator(_nodes)]
_SecretKey = Annotated[str, _secret(16)]
_StaffToken = Annotated[str, _secret(8)]
# The platforms take 3-32 letters and digits; whoever sees one signed address can try short ones at leisure.
_ChatToken = Annotated[str, _secret(6, rotates=True)]


class Settings(BaseModel):
    """What an operator can choose. Immutable; read once, at the start."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    host: str = Field("127.0.0.1", min_length=1, description="address to listen on")
    port: int = Field(8000, ge=1, le=65535, description="TCP port to listen on")
    knowledge_dir: Path = Field(Path("knowledge"), description="folder with policies/ and lexicon/")
    data_dir: Path = Field(Path("data"), description="folder for what the service makes; never in git")
    database_url: str = Field(
        "",
        repr=False,
        pattern=r"^((postgres|postgresql|sqlite)://.*)?$",
        description="where records are kept, postgresql://user:password@host/name; empty: SQLite in DATA_DIR",
    )
    metrics_port: int | None = Field(
        None, ge=1, le=65535, description="TCP port of /metrics for Prometheus, on HOST; empty: none"
    )
    workers: int = Field(2, ge=1, le=64, description="processes that answer; one per core is enough")
    public_url: _SiteAddress = Field("", description="address of this site as residents see it, for links")
    embed_origins: _Origins = Field(
        "",
        description="sites that may show /embed in a frame, such as https://shequ.example.cn, with blanks "
        "between; empty: none",
    )
    hotline: str = Field(
        "12345", min_length=1, max_length=40, description="whom to call when no text answers"
    )
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], _UpperCase] = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR"
    )
    log_format: Annotated[LogFormat, _LowerCase] = Field(
        "text", description="text: key=value lines; json: an object a line"
    )
    secret_key: _SecretKey = Field(
        "",
        repr=False,
        pattern=_VISIBLE_ASCII,
        description="key to the hashes of residents' ids, 16 characters or more; empty: made in DATA_DIR",
    )
    staff_token: _StaffToken = Field(
        "",
        repr=False,
        pattern=_VISIBLE_ASCII,
        description="secret of the staff routes, at least 8 characters, sent as `Authorization: Bearer`; "
        "empty: they answer 403",
    )
    wechat_token: _ChatToken = Field(
        "", repr=False, pattern=_VISIBLE_ASCII, description="Token of the 公众号; new,old while it is changed"
    )
    wechat_aes_key: str = Field(
        "",
        repr=False,
        pattern=_VISIBLE_ASCII,
        description="EncodingAESKey of the 公众号; new,old while it is changed",
    )
    wechat_app_id: str = Field("", pattern=_VISIBLE_ASCII, description="AppID of the 公众号")
    wechat_mode: ChatMode = Field(
        "", description="plain, compatible or safe; empty: safe when there is a key, else plain"
    )
    wecom_token: _ChatToken = Field(
        "",
        repr=False,
        pattern=_VISIBLE_ASCII,
        description="Token of the 企业微信 application; new,old as above",
    )
    wecom_aes_key: str = Field(
        "",
        repr=False,
        pattern=_VISIBLE_ASCII,
        description="EncodingAESKey of the application; new,old as above",
    )
    wecom_app_id: str = Field("", pattern=_VISIBLE_ASCII, description="CorpID of the 企业微信")
    wecom_mode: ChatMode = Field("", description="safe, the only mode of 企业微信; may be empty")
    llm_base_url: _SiteAddress = Field(
        "",
        description="OpenAI-compatible endpoint for `suggest-questions`, such as http://127.0.0.1:11434/v1",
    )
    llm_model: str = Field("", pattern=_VISIBLE_ASCII, description="name of its model")
    llm_api_key: str = Field(
        "", repr=False, pattern=_VISIBLE_ASCII, description="its key; empty where the server needs none"
    )
    embedding_model_dir: Path | None = Field(
        None,
        description="folder of an embedding model that runs here, as `make model` brings it; empty: none",
    )
    embedding_base_url: _SiteAddress = Field(
        "",
        description="OpenAI-compatible endpoint for vectors; questions are sent to it. Empty: none",
    )
    embedding_model: str = Field("", pattern=_VISIBLE_ASCII, description="name of its model")
    embedding_api_key: str = Field(
        "", repr=False, pattern=_VISIBLE_ASCII, description="its key; empty where the server needs none"
    )
    search_url: _Nodes = Field(
        "",
        description="nodes of an OpenSearch cluster that hold data, such as https://10.0.0.1:9200, with "
        "blanks between them; empty: the index in DATA_DIR alone",
    )
    search_user: str = Field("", pattern=_VISIBLE_ASCII, description="user of the cluster; empty: none")
    search_password: str = Field(
        "",
        repr=False,
        pattern=_VISIBLE_ASCII,
        description="password; sent to https addresses only, or on this machine",
    )
    search_ca: Path | None = Field(
        None, description="file with the certificate of the cluster's authority, PEM; empty: the system's"
    )
    head_seconds: float = Field(
        10, ge=0.1, le=600, description="seconds in which a request's line and headers must have come"
    )
    body_seconds: float = Field(
        30, ge=0.1, le=600, description="seconds in which a body must have come, or an answer be taken"
    )
    idle_seconds: float = Field(
        20, ge=0.1, le=600, description="seconds that a connection may wait for its next request"
    )
    max_connections: int = Field(2000, ge=8, le=100_000, description="connections that a process holds")
    max_connections_per_address: int = Field(
        256, ge=4, le=100_000, description="of one address; with TRUSTED_PROXIES the proxy has to count them"
    )
    ask_per_minute: int = Field(
        240, ge=0, le=100_000, description="questions a minute from one address; 0: any number"
    )
    chat_per_minute: int = Field(
        240, ge=0, le=100_000, description="messages a minute of one person in a chat; 0: any number"
    )
    trusted_proxies: int = Field(0, ge=0, le=10, description="how many reverse proxies stand in front")
    maintenance: bool = Field(
        False,
        description="1: answer questions with a notice; without a restart: `python -m bot maintenance on`",
    )
    records_mb: int = Field(
        10_000, ge=16, le=10_000_000, description="MB of records in SQLite; beyond, the oldest give way"
    )
    cached_answers: int = Field(
        2_000, ge=0, le=1_000_000, description="answers that a process keeps to give again; 0: none"
    )
    retention_days: int = Field(180, ge=1, le=3650, description="days that records are kept")
    intake_dir: Path | None = Field(
        None, description="folder that is watched: files dropped there become drafts; empty: none"
    )


def variable(field: str) -> str:
    """The environment variable of a field of Settings.

    >>> variable("knowledge_dir")
    'KNOWLEDGE_DIR'
    """
    return field.upper()


def read_settings(dotenv: Path = Path(".env")) -> Settings:
    """Settings from the environment, then from the `.env` file, then the defaults.

    A variable that is set but blank counts as not set. Relative folders are seen from the working directory.

    Args:
        dotenv: the file to read; it need not exist.

    Raises:
        SettingsError: a value is unusable; the message names the variable, never its value.
    """
    given = {**_read(dotenv), **os.environ}
    chosen = {
        field: value.strip()
        for field in Settings.model_fields
        if (value := given.get(variable(field))) is not None and value.strip()
    }
    try:
        return Settings.model_validate(chosen)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = str(first["loc"][0])
        problem = first["msg"].removeprefix("Value error, ")
        raise SettingsError(
            f"setting '{variable(field)}': {problem}; it is: {Settings.model_fields[field].description}"
        ) from None


def foreign_names(dotenv: Path) -> list[str]:
    """The names in a `.env` file that are no settings of ours.

    Raises:
        SettingsError: the file is not UTF-8.
    """
    ours = {variable(field) for field in Settings.model_fields}
    return [name for name in _read(dotenv) if name not in ours]


def environment(settings: Settings) -> dict[str, str]:
    """The environment for another process of ours: it uses the same folders, wherever it runs."""
    folders = {
        field: getattr(settings, field) for field in ("knowledge_dir", "data_dir", "embedding_model_dir")
    }
    named = {variable(field): str(folder.absolute()) for field, folder in folders.items() if folder}
    return {**os.environ, **named}


def _read(dotenv: Path) -> Mapping[str, str | None]:
    """The lines of a `.env` file, each value as it is written; empty where there is no file."""
    try:
        return dotenv_values(dotenv, interpolate=False)
    except UnicodeDecodeError:
        raise SettingsError(f"file '{dotenv}': is not UTF-8; save it as UTF-8") from None
