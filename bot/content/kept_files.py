"""What was read of the knowledge folder and is kept in a form that opens fast: when it is outdated."""

import hashlib
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

from bot.content.lines import bytes_of


def digest_of(code: Iterable[ModuleType], paths: Iterable[Path]) -> str:
    """A digest that differs if files, their names, or the modules that read them differ.

    Raises:
        DocumentError: a file cannot be read.
    """
    digest = hashlib.sha256(repr((sys.version_info[:2], version("opencc"))).encode())
    modules = ((module.__name__, Path(module.__file__ or "").read_bytes()) for module in code)
    for name, content in (*modules, *((path.name, bytes_of(path)) for path in paths)):
        digest.update(f"{len(name)} {name} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()[:32]
