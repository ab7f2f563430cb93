"""Drafts as files: `drafts/<id>.md`, ready to accept, and `<id>.review.yaml`, the points to look at."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content.documents import FrontMatter, read_document
from bot.errors import DocumentError, DraftError
from bot.intake.changes_page import changes_page
from bot.intake.draft import Draft, DraftWarning
from bot.intake.guessing.guess import Guess
from bot.intake.versions import changes_between
from bot.policy.holding import Holding

REVIEW, CHANGES = ".review.yaml", ".changes.html"
_PLAIN = re.compile(r"[\u3400-\u9fff《“（][^:#\[\]{},&*!|>'\"%@`\\]*(?<!\s)")
_DIGEST = re.compile(r'^  sha256: "([0-9a-f]{64})"$', re.MULTILINE)
_KEYS = tuple(FrontMatter.model_fields)
_HEAD = """\
# 草稿“{name}.md”的审阅单。猜出的每一项写明读自哪里。
# warnings 逐条看过，改好 .md，再运行 python -m bot accept。
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that a draft was made from."""

    name: str
    sha256: str
    format: str
    read_on: date


@dataclass(frozen=True)
class DraftFolder:
    """The folder of drafts. Nothing in it is ever overwritten."""

    folder: Path

    def ids(self) -> set[str]:
        """The ids of the drafts."""
        return {path.stem for path in self.folder.glob("*.md")}

    def made_from(self, sha256: str) -> list[str]:
        """The ids of the drafts made from a file with a digest, accepted ones too."""
        reviews = (*self.folder.glob(f"*{REVIEW}"), *self.folder.glob(f"accepted/*{REVIEW}"))
        found = ((path, _DIGEST.search(path.read_text("utf-8"))) for path in sorted(reviews))
        return [path.name.removesuffix(REVIEW) for path, digest in found if digest and digest[1] == sha256]

    def write(self, draft: Draft, origin: Origin) -> Path:
        """Writes a draft; its `.md` is read once, as `accept` will.

        Raises:
            DraftError: there is a draft of that id, or this one cannot be read back.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        name = draft.document.document_id
        path = self.folder / f"{name}.md"
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write("\n".join([*document_lines(draft), ""]))
            read_document(path)
            with path.with_name(f"{name}{REVIEW}").open("x", encoding="utf-8") as file:
                file.write("\n".join([*_review_lines(draft, origin), ""]))
        except FileExistsError:
            raise DraftError(f"草稿“{name}”：已经有了，没有改动；要重新导入，先移走它和审阅单") from None
        except DocumentError as error:
            path.unlink()
            raise DraftError(f"草稿“{name}”：{error.problem}") from None
        return path

    def write_changes(self, draft: Draft) -> None:
        """Writes `<id>.changes.html`: what a draft changes in the document that it replaces."""
        assert draft.earlier is not None  # noqa: S101  # nobody else calls
        old, new = draft.earlier, Holding.of(draft.document)
        page = changes_page(old.document, new.document, changes_between(old, new))
        path = self.folder / f"{draft.document.document_id}{CHANGES}"
        path.write_text(page, "utf-8")


def document_lines(draft: Draft) -> Iterator[str]:
    """The lines of a draft's `.md`."""
    yield "---"
    for key in _KEYS:
        yield f"{key}: {_yaml(getattr(draft.document, key))}"
    yield "---"
    yield from draft.document.text.split("\n")


def _yaml(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_yaml, value))}]"
    text = str(value)
    return text if isinstance(value, date) or _PLAIN.fullmatch(text) or text.isalpha() else _quoted(text)


def _quoted(text: str) -> str:
    """A text as a JSON string, which YAML reads alike."""
    return json.dumps(text, ensure_ascii=False)


def line_of(at: str | int) -> int:
    """The 1-based line of the `.md` on which a key, or a line of the text, stands."""
    if isinstance(at, str):
        return _KEYS.index(at) + 2 if at in _KEYS else 1
    return len(_KEYS) + 3 + at


def _review_lines(draft: Draft, origin: Origin) -> Iterator[str]:
    yield _HEAD.format(name=draft.document.document_id).rstrip()
    yield "source:"
    yield f"  file: {_quoted(origin.name)}"
    yield f'  sha256: "{origin.sha256}"'
    yield f"  format: {_quoted(origin.format)}"
    yield f"  read_on: {origin.read_on.isoformat()}"
    yield "guesses:" if draft.guesses else "guesses: {}"
    for key, guess in draft.guesses.items():
        yield f"  {key}: {_guess(guess)}"
    yield "warnings:" if draft.warnings else "warnings: []"
    for warning in sorted(draft.warnings, key=lambda each: line_of(each.at)):
        yield f"  - {_warning(draft, warning)}"
    yield "left_out:" if draft.left_out else "left_out: []"
    for each in draft.left_out:
        yield f"  - {{place: {_quoted(each.place)}, why: {_quoted(each.why)}, text: {_quoted(each.text)}}}"


def _guess(guess: Guess) -> str:
    value = list(guess.value) if isinstance(guess.value, tuple) else guess.value
    said = f"value: {json.dumps(value, ensure_ascii=False)}, place: {_quoted(guess.place)}"
    doubt = f", doubt: {_quoted(guess.doubt)}" if guess.doubt else ""
    return f"{{{said}, words: {_quoted(guess.words)}{doubt}}}"


def _warning(draft: Draft, warning: DraftWarning) -> str:
    advice = f", advice: {_quoted(warning.advice)}" if warning.advice else ""
    place = ""
    if isinstance(warning.at, int) and warning.at < len(draft.places):
        place = f", place: {_quoted(draft.places[warning.at])}"
    return f"{{line: {line_of(warning.at)}{place}, what: {_quoted(warning.what)}{advice}}}"
