"""Settings: read from the environment and `.env`, a bad value named, all of them in the documents."""

import os
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from bot.__main__ import COMMANDS
from bot.assembly import desk_of
from bot.channels.app import build_app
from bot.channels.service import Service
from bot.errors import SettingsError
from bot.settings import Settings, read_settings, variable
from tests.conftest import ROOT

VARIABLES = {variable(field): field for field in Settings.model_fields}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without any setting of ours."""
    for name in VARIABLES.keys() & os.environ.keys():
        monkeypatch.delenv(name)


@pytest.fixture
def dotenv(tmp_path: Path) -> Path:
    """A `.env` file that is not there yet."""
    return tmp_path / ".env"


BAD_VALUES = [
    ("PORT", "abc"),  # no number
    ("PORT", "80.5"),  # no whole number
    ("PORT", "0"),  # a port that nobody can ask for
    ("PORT", "65536"),  # one more than there are
    ("METRICS_PORT", "0"),  # a port that Prometheus cannot ask for
    ("LOG_FORMAT", "xml"),  # neither of the two
    ("PORT", "9" * 5000),  # more digits than Python converts
    ("WORKERS", "0"),  # nobody would answer
    ("WORKERS", "65"),  # more than any machine of ours
    ("PUBLIC_URL", "zhengce.example.cn"),  # no scheme
    ("EMBED_ORIGINS", "shequ.example.cn"),  # no scheme
    ("EMBED_ORIGINS", "https://a.example.cn https://b.example.cn/page"),  # an address, no origin
    ("EMBED_ORIGINS", "https://a.example.cn; script-src *"),  # more than origins
    ("EMBED_ORIGINS", "*"),  # everybody
    ("SEARCH_URL", "10.0.0.1:9200"),  # no scheme
    ("SEARCH_URL", "https://10.0.0.1:9200/policies"),  # a path
    ("SEARCH_URL", "https://admin:secret@10.0.0.1:9200"),  # a password where it could be logged
    ("PUBLIC_URL", "ftp://zhengce.example.cn"),  # no web address
    ("PUBLIC_URL", "javascript:alert(1)"),  # nor is this
    ("PUBLIC_URL", "https://"),  # no host
    ("HOTLINE", "1" * 41),  # no telephone number
    ("LOG_LEVEL", "LOUD"),  # none of the four
    ("STAFF_TOKEN", "口令"),  # cannot be sent in a header
    ("STAFF_TOKEN", "two words"),  # would be cut at the blank
    ("STAFF_TOKEN", "1234567"),  # can be tried out
    ("SECRET_KEY", "123456789012345"),  # can be tried out offline, by whoever holds a hash
    ("WECHAT_TOKEN", "abc12"),  # by whoever sees one signed address
    ("WECHAT_TOKEN", "abc123,ab"),  # the previous one counts as much
    ("WECOM_TOKEN", "x"),
    ("TRUSTED_PROXIES", "-1"),  # fewer than none
    ("TRUSTED_PROXIES", "yes"),  # no number
    ("MAINTENANCE", "perhaps"),  # neither on nor off
]


@pytest.mark.parametrize(("name", "value"), BAD_VALUES)
def test_a_bad_value_stops_the_start_and_is_named(
    monkeypatch: pytest.MonkeyPatch, dotenv: Path, name: str, value: str
) -> None:
    """One line: the variable, what is wrong, what it is for."""
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as caught:
        read_settings(dotenv)

    message = str(caught.value)
    assert message.startswith(f"setting '{name}': ")
    assert str(Settings.model_fields[VARIABLES[name]].description) in message
    assert "\n" not in message


@pytest.mark.parametrize(
    "name",
    sorted(
        VARIABLES.keys()
        - {"HOST", "KNOWLEDGE_DIR", "DATA_DIR", "INTAKE_DIR", "SEARCH_CA", "EMBEDDING_MODEL_DIR", "HOTLINE"}
    ),
)
def test_a_bad_value_is_never_shown(monkeypatch: pytest.MonkeyPatch, dotenv: Path, name: str) -> None:
    """It may be a secret that slipped into the wrong line."""
    monkeypatch.setenv(name, "hunter2 口令")

    with pytest.raises(SettingsError) as caught:
        read_settings(dotenv)

    assert "hunter2" not in str(caught.value)
    assert caught.value.__suppress_context__


GOOD_VALUES = [
    ("PORT", " 9000 ", "port", 9000),  # blanks around it, as an editor leaves them
    ("KNOWLEDGE_DIR", "/srv/知识库", "knowledge_dir", Path("/srv/知识库")),  # a folder in Chinese
    (
        "PUBLIC_URL",
        "https://zhengce.example.cn/",
        "public_url",
        "https://zhengce.example.cn",
    ),  # no last slash
    ("PUBLIC_URL", "http://10.0.0.1:8080/zc", "public_url", "http://10.0.0.1:8080/zc"),  # port and path
    ("HOTLINE", "0592-12345 转 2", "hotline", "0592-12345 转 2"),  # as a community prints it
    ("LOG_LEVEL", "debug", "log_level", "DEBUG"),  # in small letters
    ("MAINTENANCE", "1", "maintenance", True),  # as the help says
    ("MAINTENANCE", "false", "maintenance", False),  # as others write it
    ("STAFF_TOKEN", "a+b/c=$d,e", "staff_token", "a+b/c=$d,e"),  # as a generator makes it
]


@pytest.mark.parametrize(("name", "value", "field", "expected"), GOOD_VALUES)
def test_a_value_is_read_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, field: str, expected: object
) -> None:
    """As people write it."""
    monkeypatch.setenv(name, value)

    assert getattr(read_settings(Path("nowhere/.env")), field) == expected


def test_without_anything_set_the_defaults_hold(dotenv: Path) -> None:
    """The file need not exist; what the contract promises is what there is."""
    settings = read_settings(dotenv)

    assert settings == Settings()
    assert (settings.host, settings.port, settings.hotline) == ("127.0.0.1", 8000, "12345")
    assert (settings.staff_token, settings.trusted_proxies, settings.maintenance) == ("", 0, False)


@pytest.mark.parametrize("blank", ["", "  ", "\t"])
def test_a_blank_value_counts_as_not_set(monkeypatch: pytest.MonkeyPatch, dotenv: Path, blank: str) -> None:
    """`PORT= ` in a compose file is no port 0, no empty host and no error."""
    for name in VARIABLES:
        monkeypatch.setenv(name, blank)

    assert read_settings(dotenv) == Settings()


ENV_FILES = {
    "plain": b"PORT=9001\nHOTLINE=12333\n",
    "quotes, blanks, export and remarks": b"# ours\nexport PORT = \"9001\"\nHOTLINE='12333' # always\n",
    "as Windows saves it": b"\xef\xbb\xbfPORT=9001\r\nHOTLINE=12333\r\n",
    "with other programs' variables": b"PORT=9001\nCOMPOSE_PROJECT_NAME=x\nHOTLINE=12333",
    "with a remark in Chinese": "# 端口\nPORT=9001\nHOTLINE=12333\n".encode(),
}


@pytest.mark.parametrize("content", ENV_FILES.values(), ids=ENV_FILES)
def test_the_env_file_is_read(dotenv: Path, content: bytes) -> None:
    """Line by line, whichever editor saved it."""
    dotenv.write_bytes(content)

    assert read_settings(dotenv) == Settings(port=9001, hotline="12333")


def test_the_environment_wins_over_the_env_file(monkeypatch: pytest.MonkeyPatch, dotenv: Path) -> None:
    """A container's setting beats a file in its image; what it leaves open comes from the file."""
    dotenv.write_text("PORT=9001\nHOTLINE=12333\n")
    monkeypatch.setenv("PORT", "9002")

    assert read_settings(dotenv) == Settings(port=9002, hotline="12333")


def test_a_bad_value_in_the_env_file_is_named_alike(dotenv: Path) -> None:
    """Wherever it stands."""
    dotenv.write_text("PORT=abc\n")

    with pytest.raises(SettingsError, match="setting 'PORT'"):
        read_settings(dotenv)


def test_a_secret_in_the_env_file_is_taken_as_it_is(dotenv: Path) -> None:
    """A generated one may look like a variable; nothing is put in its place."""
    dotenv.write_text("STAFF_TOKEN=ab${HOME}cd\n")

    assert read_settings(dotenv).staff_token == "ab${HOME}cd"  # noqa: S105  # of this test


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_an_env_file_in_another_encoding_is_named(dotenv: Path, encoding: str) -> None:
    """Windows editors save Chinese remarks so; the remarks of .env.example are Chinese."""
    dotenv.write_bytes("# 监听的端口\nPORT=9001\n".encode(encoding))

    with pytest.raises(SettingsError, match=r"\.env.*UTF-8"):
        read_settings(dotenv)


def test_settings_never_show_the_secret() -> None:
    """Neither in a log of the settings nor in a traceback."""
    assert "hunter2" not in f"{Settings(staff_token='hunter2!')!r} {Settings(staff_token='hunter2!')}"


def test_settings_cannot_be_changed() -> None:
    """Read once, at the start."""
    with pytest.raises(ValueError, match="frozen"):
        Settings().port = 9000  # type: ignore[misc]  # that it is refused is the point


# what the documents say


def test_env_example_lists_every_setting_with_its_default() -> None:
    """In the order of the settings, each under a remark; copied as it is, it changes nothing."""
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    written = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))

    assert list(written) == list(VARIABLES)
    for name, value in written.items():
        default = Settings.model_fields[VARIABLES[name]].default
        assert default is not PydanticUndefined
        assert value == (
            "" if default is None else str(int(default)) if isinstance(default, bool) else str(default)
        )
        assert lines[lines.index(f"{name}={value}") - 1].startswith("# ")
    assert read_settings(ROOT / ".env.example") == Settings()


README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", VARIABLES)
def test_readme_names_every_setting(name: str) -> None:
    """In a row of its table, with its default."""
    default = Settings.model_fields[VARIABLES[name]].default
    shown = (
        "空" if default in ("", None) else str(int(default)) if isinstance(default, bool) else str(default)
    )

    assert f"| `{name}` | {shown} |" in README


def test_readme_names_every_route(settings: Settings, service: Service) -> None:
    """As the application knows it."""
    rules = {rule.rule for rule in build_app(desk_of(settings, lambda: service)).url_map.iter_rules()}

    assert not [rule for rule in rules if f"`{rule}`" not in README]


@pytest.mark.parametrize("command", COMMANDS)
def test_readme_names_every_command(command: str) -> None:
    """As it is typed."""
    assert f"python -m bot {command}" in README
