"""Files over HTTP: only for staff, in the background, bounded; drafts are listed, shown and accepted."""

import io
import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.assembly import desk_of
from bot.channels.app import build_app
from bot.channels.service import Service
from bot.content.documents import read_document
from bot.intake.draft import draft_of
from bot.intake.importing import ImportResult
from bot.intake.parting import FilePart
from bot.intake.reading.source import SourceLine
from bot.intake.uploads import KEPT_DAYS, LARGEST_UPLOAD, Uploads
from bot.policy.jurisdiction import Gazetteer
from bot.serving.gateway import UploadRoute
from bot.settings import Settings
from tests.channels.wire import STAFF, Json, assert_problem
from tests.conftest import KNOWLEDGE
from tests.intake.test_mail_and_old_word import WORD
from tests.intake.word import docx, p

UPLOAD = "/api/v1/staff/import"
LONGEST_WAIT = 20
LARGE = 150_000


@pytest.fixture
def office(tmp_path: Path, settings: Settings, service: Service) -> tuple[FlaskClient, Path]:
    """A client of a service with knowledge and drafts of its own."""
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    folders = {"knowledge_dir": tmp_path / "knowledge", "data_dir": tmp_path / "data"}
    desk = desk_of(settings.model_copy(update=folders), lambda: service)
    return build_app(replace(desk, drafts=tmp_path / "drafts")).test_client(), tmp_path


def finished(client: FlaskClient, import_id: str) -> Json:
    """The state of an import once it is no longer waiting."""
    end = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < end:
        found: Json = client.get(f"{UPLOAD}/{import_id}", headers=STAFF).get_json()
        if found["status"] != "waiting":
            return found
    raise TimeoutError("the import does not end")


def test_a_file_is_sent_reviewed_and_accepted(office: tuple[FlaskClient, Path]) -> None:
    """As a form, whose file name leads nowhere."""
    client, folder = office
    large = docx(p("青石市救助办法") + p("第一条　甲。"), comment=os.urandom(LARGE).hex())
    form = {"file": (io.BytesIO(large), "../../办法.docx")}
    sent = client.post(UPLOAD, data=form, headers=STAFF)
    state = finished(client, sent.get_json()["import_id"])
    listed = client.get("/api/v1/staff/drafts", headers=STAFF).get_json()
    shown = client.get("/api/v1/staff/drafts/青石市救助办法", headers=STAFF).get_json()
    original = client.get(shown["original"], headers=STAFF)
    accepted = client.post("/api/v1/staff/drafts/青石市救助办法/accept", json={}, headers=STAFF)
    gone = client.get(shown["original"], headers=STAFF)

    assert (sent.status_code, state["status"], state["file"]) == (202, "done", "办法.docx")
    assert state["results"] == [{"file": "办法.docx", "drafts": ["青石市救助办法"], "problem": ""}]
    assert listed == {"drafts": ["青石市救助办法"]}
    assert "第一条" in shown["document"]
    assert "guesses:" in shown["review"]
    assert (original.data, original.mimetype) == (large, "application/octet-stream")
    assert "attachment" in original.headers["Content-Disposition"]
    assert gone.status_code == 404
    assert not list((folder / "data/uploads").glob("*/file"))
    assert accepted.status_code == 200
    assert read_document(folder / "knowledge/policies/青石市救助办法.md").title == "青石市救助办法"


def test_a_file_that_cannot_be_read_says_why(office: tuple[FlaskClient, Path]) -> None:
    """As its bare content with a name."""
    client, _ = office
    sent = client.post(f"{UPLOAD}?filename=坏.docx", data=b"PK\x03\x04", headers=STAFF)
    state = finished(client, sent.get_json()["import_id"])

    assert state["status"] == "failed"
    assert "损坏" in state["results"][0]["problem"]


def test_only_staff_may_send(office: tuple[FlaskClient, Path]) -> None:
    """Nothing is kept of anybody else."""
    client, folder = office

    assert_problem(client.post(UPLOAD, data=WORD), 401)
    assert_problem(client.get("/api/v1/staff/drafts"), 401)
    assert not (folder / "data" / "uploads").exists()


def test_what_is_empty_or_too_large_is_refused(office: tuple[FlaskClient, Path]) -> None:
    """With the way to send it."""
    client, _ = office

    assert "file" in assert_problem(client.post(UPLOAD, headers=STAFF), 422)["detail"]
    assert_problem(client.post(UPLOAD, data=bytes(LARGEST_UPLOAD + 1), headers=STAFF), 413)


def test_what_is_not_there_is_not_found(office: tuple[FlaskClient, Path]) -> None:
    """No id is a path."""
    client, _ = office

    for path in ("import/0000", "drafts/没有", "drafts/..%2F..%2Fetc"):
        assert_problem(client.get(f"/api/v1/staff/{path}", headers=STAFF), 404)
    assert_problem(client.post("/api/v1/staff/drafts/没有/accept", json={}, headers=STAFF), 404)


@pytest.mark.parametrize(
    ("path", "token", "taken"),
    [(UPLOAD, "let-me-in", True), (UPLOAD, "let-me", False), ("/api/v1/ask", "let-me-in", False)],
)
def test_the_door_lets_only_staff_send_much(path: str, token: str, taken: bool) -> None:
    """Before a byte of the body is read; where no token is set, nobody."""
    scope = {"path": path, "headers": [(b"authorization", f"Bearer {token}".encode())]}

    assert UploadRoute(UPLOAD, "let-me-in", 9).takes(scope) is taken  # type: ignore[arg-type]
    assert not UploadRoute(UPLOAD, "", 9).takes(scope)  # type: ignore[arg-type]


def test_a_file_that_nobody_accepts_is_kept_for_thirty_days(tmp_path: Path) -> None:
    """Then it goes, with what is known of it; until then its drafts can be compared with it."""
    draft = ImportResult("甲.txt", (draft_of(FilePart((SourceLine("救助办法", "第1行"),)), {}, Gazetteer()),))
    later = [0.0]
    uploads = Uploads(tmp_path, lambda _: [draft], lambda: time.time() + later[0])
    import_id = uploads.take("甲.txt", b"x").import_id
    end = time.monotonic() + LONGEST_WAIT
    while (found := uploads.find(import_id)) and found.status == "waiting" and time.monotonic() < end:
        pass

    uploads.clean({"救助办法"})
    assert uploads.original_of("救助办法") is not None
    later[0] = (KEPT_DAYS + 1) * 24 * 3600
    uploads.clean({"救助办法"})

    assert uploads.original_of("救助办法") is None
    assert uploads.find(import_id) is None
