"""The error tree: everything that goes wrong for a reason a person can mend.

BotError
├── SettingsError       an environment variable or `.env` line is unusable: the start stops
├── KnowledgeError      something in KNOWLEDGE_DIR is unusable
│   └── DocumentError   a file or a line of it: reported with its line; documents keep answering without it
├── QuestionError       a question that cannot be asked: empty, too long, not text
│   └── UnknownPlaceError   a place that nobody knows, or that several divisions are called
├── MalformedMessageError   a request of WeChat or WeCom whose body is no message
├── ForgedRequestError      a request that WeChat or WeCom did not sign, or signed too long ago: 403
├── RehearsalError      a rehearsal of a chat gets no proper answer from the service
├── RecordsError        the records are out of order: answers go on without them
├── EndpointError       a model cannot be asked
├── ClusterError        the search cluster cannot be asked: the embedded index answers
├── SuggestionError     what a model suggests is of no use
├── MarkupError         a file or body is no XML that can be read safely
├── SourceError         a file cannot be imported: the next one goes on
│   └── ScanError       its words are pictures: text recognition reads it where it is installed
├── DraftError          a draft cannot be accepted
├── ExportError         a document cannot be exported
├── BackupError         a backup cannot be made, or is of no use
├── CollectionError     an evaluation collection is unusable, or cannot be measured
└── SnapshotError       a stored index or table is unusable: it is made anew

A message reads *thing 'value': what is wrong; what to do*. It carries no secret and no resident's words. A
KnowledgeError, a SourceError, a DraftError, an ExportError and a BackupError are Chinese, for staff read
them:
*事物“值”：哪里不对；怎么办*.
"""

import errno
import re
from pathlib import Path

_NO_PRINT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def one_line(text: str) -> str:
    """The text for one line of a log: a file's name may hold line ends and so forge lines.

    >>> one_line("a\\nlevel=INFO")
    'a�level=INFO'
    """
    return _NO_PRINT.sub("�", text)


_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已经有同名的",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "超过了给这个用户的磁盘限额",
    errno.EROFS: "这个盘只能读",
    errno.EIO: "磁盘读写出错",
    errno.ESTALE: "网络盘断了",
    errno.EBUSY: "正被占用",
    errno.ELOOP: "链接绕成了圈",
    errno.ENAMETOOLONG: "名字太长",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.EFBIG: "文件太大",
}


def reason_of(error: OSError) -> str:
    """The system's reason in Chinese; a rare one in the system's own words.

    >>> reason_of(FileNotFoundError(errno.ENOENT, "No such file or directory"))
    '没有这个文件或文件夹'
    """
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


def not_installed(error: ModuleNotFoundError) -> str:
    """What to do if a package is missing: set up the environment, or use the right one.

    >>> not_installed(ModuleNotFoundError(name="click"))
    "package 'click': is not installed for this Python; run `make run` first, then use .venv/bin/python"
    """
    return (
        f"package '{error.name}': is not installed for this Python; "
        "run `make run` first, then use .venv/bin/python"
    )


class BotError(Exception):
    """A failure whose message tells a person what to do."""


class SettingsError(BotError):
    """A setting is missing or unusable."""


class KnowledgeError(BotError):
    """A file or folder of the knowledge is unusable."""


class DocumentError(KnowledgeError):
    """A file of the knowledge, or a line of it, is unusable.

    Args:
        path: the file.
        line: 1-based line in the file.
        problem: what is wrong; what to do.
    """

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(one_line(f"{path}:{line}: {problem}"))
        self.path = path
        self.line = line
        self.problem = problem


class QuestionError(BotError):
    """A question that cannot be asked."""


class UnknownPlaceError(QuestionError):
    """A place in a request is unknown, or several divisions have its name.

    Args:
        field: of the request.
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field


class MalformedMessageError(BotError):
    """The body of a request of WeChat or WeCom is no message. Every cause raises the same type."""


class ForgedRequestError(BotError):
    """A request that WeChat or WeCom did not sign, or signed too long ago."""


class RehearsalError(BotError):
    """A rehearsal gets no proper answer from the service at an address."""

    def __init__(self, address: str, problem: str) -> None:
        super().__init__(f"service '{address}': {problem}")


class RecordsError(BotError):
    """The records cannot be read or written.

    Args:
        store: which one: sqlite, postgresql.
        reason: one word for the log, such as SQLITE_FULL; never a statement, which may hold residents' words.
        is_mended: whether the cause is gone already, so that the same can be tried again.
    """

    def __init__(self, store: str, reason: str, *, is_mended: bool = False) -> None:
        super().__init__(f"records '{store}': {reason}; check the disk, its permissions and DATABASE_URL")
        self.reason = reason
        self.is_mended = is_mended


class EndpointError(BotError):
    """A model's endpoint gives no answer.

    Args:
        reason: one word, such as timeout or status=429; never what was asked.
        is_final: whether there is no use in asking again.
    """

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(f"endpoint: {reason}; check its address, its key and the model")
        self.reason = reason
        self.is_final = is_final


class ClusterError(BotError):
    """The search cluster gives no answer, or refuses.

    Args:
        reason: one word, such as timeout or status=404; never what was asked.
        status: the HTTP status of a refusal; 0: there is none.
    """

    def __init__(self, reason: str, *, status: int = 0) -> None:
        super().__init__(f"search cluster: {reason}; check the nodes, SEARCH_URL, user, password and CA")
        self.reason = reason
        self.status = status


class SuggestionError(BotError):
    """What a model replied holds no questions."""


class MarkupError(BotError):
    """No XML that can be read safely. The message is one word, the name of the cause."""


class SourceError(BotError):
    """A file cannot be imported.

    Args:
        problem: what is wrong; what to do. The name of the file is not part of it.
    """


class ScanError(SourceError):
    """The words of a file are pictures, or its text layer is garbled."""


class DraftError(BotError):
    """A draft cannot be accepted, or a document cannot be drafted."""


class ExportError(BotError):
    """A document cannot be exported, or its file not be written."""


class BackupError(BotError):
    """A backup cannot be made, or is of no use."""


class CollectionError(BotError):
    """An evaluation collection is unusable."""


class SnapshotError(BotError):
    """A stored index or table is unusable; it can always be made anew.

    `is_damage`: only damage explains what is wrong with it; it is neither missing nor outdated.
    """

    def __init__(self, reason: str, *, is_damage: bool = False) -> None:
        super().__init__(reason)
        self.is_damage = is_damage
