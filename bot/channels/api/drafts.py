"""The staff routes of intake: files are sent, drafts looked at and accepted."""

import io
from pathlib import Path

from flask import Response, request, send_file
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from bot.channels.api.staff import SECURITY_SCHEME
from bot.channels.desk import Desk
from bot.channels.http import Problem, json_response, problem, refuse_strangers
from bot.errors import DraftError
from bot.intake.accepting import accept, examine
from bot.intake.draft_files import REVIEW, DraftFolder
from bot.intake.uploads import LARGEST_UPLOAD, ImportedFile, ImportStatus, Upload
from bot.policy.document import is_document_id

UPLOAD_PATH = "/api/v1/staff/import"
"""The one route whose body may be large."""

NO_FILE = "没有收到文件；用表单的 file 字段发送，或者直接发文件内容并写 ?filename=办法.docx。"
TOO_LARGE = f"文件超过 {LARGEST_UPLOAD >> 20} MiB；拆成几份，或者在服务器上用 python -m bot import。"
NO_IMPORT = "没有这次导入；import_id 见 POST /api/v1/staff/import 的回答。"
NO_ORIGINAL = "没有原文件：它不是从这个接口传来的，或者已经清理；到当初导入的地方找。"
NO_DRAFT = "没有这份草稿；有哪些，看 GET /api/v1/staff/drafts。"


class UploadQuery(BaseModel):
    """The query of an upload whose body is the bare file."""

    filename: str = Field("", max_length=300, description="name of the file; of a form its own is taken")


class ImportId(BaseModel):
    """The path of an import."""

    import_id: str


class DraftId(BaseModel):
    """The path of a draft."""

    document_id: str


class ImportState(BaseModel):
    """The state of an import, and its drafts."""

    import_id: str
    file: str
    status: ImportStatus
    results: list[ImportedFile]

    @classmethod
    def of(cls, upload: Upload) -> "ImportState":
        return cls.model_validate(upload, from_attributes=True)


class DraftList(BaseModel):
    """The ids of the waiting drafts."""

    drafts: list[str]


class DraftDetail(BaseModel):
    """A draft as its files hold it, and the address of the file from which it was made."""

    document_id: str
    document: str
    review: str
    original: str | None = Field(None, description="path of the original; null: it was not sent over HTTP")


class AcceptRequest(BaseModel):
    """How a draft is accepted."""

    model_config = ConfigDict(extra="forbid")

    replace: bool = Field(False, description="a held document of the same id gives way")


class AcceptedDraft(BaseModel):
    """A draft that has become a document, with the findings of `check` on it."""

    document_id: str
    changes: str
    remarks: list[str]


def drafts_blueprint(desk: Desk, *, described: bool) -> APIBlueprint:
    """The routes that need the staff token; without a token in the settings they answer 403."""
    blueprint = APIBlueprint(
        "drafts",
        __name__,
        url_prefix="/api/v1/staff",
        abp_security=[{SECURITY_SCHEME: []}],
        abp_tags=[Tag(name="intake", description="files into drafts, drafts into documents")],
        abp_responses={401: Problem, 403: Problem, 404: Problem, 422: Problem},
        doc_ui=described,
    )

    @blueprint.before_request
    def guard() -> Response | None:
        refusal = refuse_strangers(desk.settings.staff_token, desk.limiter)
        if refusal is None and request.path == UPLOAD_PATH:
            request.max_content_length = LARGEST_UPLOAD + 64 * 1024  # with the frame of a form
            request.max_form_memory_size = request.max_content_length
        return refusal

    _add_imports(blueprint, desk)
    _add_drafts(blueprint, desk, DraftFolder(desk.drafts))
    return blueprint


def _add_imports(blueprint: APIBlueprint, desk: Desk) -> None:
    """The routes that take a file and report on its import."""

    @blueprint.post("/import", responses={202: ImportState, 413: Problem})
    def upload(query: UploadQuery) -> Response:
        """Takes a file of at most 20 MB, as a form or bare; it becomes drafts in the background."""
        sent = request.files.get("file")
        data = sent.read() if sent else request.get_data()
        name = (sent.filename if sent else query.filename) or ""
        if sent:
            sent.close()
        if not data:
            return problem(422, NO_FILE)
        if len(data) > LARGEST_UPLOAD:
            return problem(413, TOO_LARGE)
        uploads = desk.uploads()
        uploads.clean(DraftFolder(desk.drafts).ids())
        return json_response(ImportState.of(uploads.take(name, data)), 202)

    @blueprint.get("/import/<import_id>", responses={200: ImportState})
    def state(path: ImportId) -> Response:
        """The state of an import."""
        found = desk.uploads().find(path.import_id)
        return json_response(ImportState.of(found)) if found else problem(404, NO_IMPORT)


def _add_drafts(blueprint: APIBlueprint, desk: Desk, folder: DraftFolder) -> None:
    """The routes that list drafts, show and accept one."""

    @blueprint.get("/drafts", responses={200: DraftList})
    def drafts() -> Response:
        """The waiting drafts, by id."""
        return json_response(DraftList(drafts=sorted(folder.ids())))

    @blueprint.get("/drafts/<document_id>", responses={200: DraftDetail})
    def draft(path: DraftId) -> Response:
        """A draft with its review."""
        if (file := _draft_file(folder, path.document_id)) is None:
            return problem(404, NO_DRAFT)
        review = file.with_name(f"{file.stem}{REVIEW}")
        said = review.read_text("utf-8") if review.exists() else ""
        document = file.read_text("utf-8")
        sent = desk.uploads().original_of(file.stem)
        original = f"/api/v1/staff/drafts/{file.stem}/original" if sent else None
        shown = DraftDetail(document_id=file.stem, document=document, review=said, original=original)
        return json_response(shown)

    @blueprint.get("/drafts/<document_id>/original")
    def original(path: DraftId) -> Response:
        """The file from which a draft was made. A browser saves it and never shows it as a page."""
        file = desk.uploads().original_of(path.document_id) if is_document_id(path.document_id) else None
        if file is None or not file.is_file():
            return problem(404, NO_ORIGINAL)
        data = io.BytesIO(file.read_bytes())
        return send_file(data, "application/octet-stream", as_attachment=True, download_name=file.name)

    @blueprint.post("/drafts/<document_id>/accept", responses={200: AcceptedDraft})
    def accept_draft(path: DraftId, body: AcceptRequest) -> Response:
        """Checks a draft and moves it to the documents; the service takes it over within seconds."""
        if (file := _draft_file(folder, path.document_id)) is None:
            return problem(404, NO_DRAFT)
        try:
            acceptance = examine(file, desk.answerer().basis.library, desk.today())
            accept(acceptance, desk.settings.knowledge_dir, replace=body.replace)
            desk.uploads().clean(folder.ids())
        except DraftError as error:
            return problem(422, f"{error}。")
        remarks = [
            f"{severity}: {remark.message}；{remark.advice}" for severity, remark in acceptance.remarks
        ]
        return json_response(
            AcceptedDraft(document_id=file.stem, changes=acceptance.compared, remarks=remarks)
        )


def _draft_file(folder: DraftFolder, document_id: str) -> Path | None:
    """The `.md` of a draft; None: there is none. An id is never a path."""
    path = folder.folder / f"{document_id}.md"
    return path if is_document_id(document_id) and path.is_file() else None
