"""Zip files, opened with care: sizes are counted and summed before anything is unpacked."""

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element  # the type alone; bot.markup reads

from bot.errors import MarkupError, SourceError
from bot.markup import read_xml

MOST_ENTRIES = 10_000
LARGEST_PART = 24 * 1024 * 1024
"""Bytes of a part that we read. The text of the longest law takes 3 MiB as Word's XML."""

LARGEST_TOTAL = 512 * 1024 * 1024
HIGHEST_RATIO = 400
"""Unpacked to packed bytes of a part of 1 MiB or more. XML of real files has 5 to 30; a bomb has 1,000."""

_ENTRY = b"PK\x01\x02"
"""What each entry of the directory begins with. Opening sixty thousand takes seconds, counting them none."""

_PIECE = 1024 * 1024
_WORTH_A_LOOK = 1024 * 1024


@dataclass(frozen=True)
class Archive:
    """A zip file whose sizes have been checked."""

    zip_file: zipfile.ZipFile
    names: frozenset[str] = field(default_factory=frozenset)

    def xml(self, name: str) -> Element | None:
        """The root of a part; None: there is no such part.

        Raises:
            SourceError: it cannot be unpacked, is too large, or is no safe XML.
        """
        if name not in self.names:
            return None
        try:
            return read_xml(self.data(name))
        except MarkupError as error:
            raise SourceError(f"里面的 {name} 读不了（{error}）；用 Word 或 WPS 打开后另存一份") from None

    def data(self, name: str) -> bytes:
        """The bytes of a part. Its stated size is not trusted.

        Raises:
            SourceError: it cannot be unpacked, or is too large.
        """
        try:
            with self.zip_file.open(name) as part:
                pieces, size = [], 0
                while piece := part.read(_PIECE):
                    size += len(piece)
                    if size > LARGEST_PART:
                        raise _bomb()
                    pieces.append(piece)
                return b"".join(pieces)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise SourceError(f"里面的 {name} 损坏或加了密；请对方重发，或者去掉密码后另存一份") from None


def open_archive(data: bytes) -> Archive:
    """A zip file.

    Raises:
        SourceError: it is broken, or would unpack to more than any real document does.
    """
    if data.count(_ENTRY) > MOST_ENTRIES:
        raise _bomb()
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise SourceError("文件损坏，打不开；请重新下载，或者用 Word 打开后另存一份") from None
    entries = opened.infolist()
    total = 0
    for entry in entries:
        total += entry.file_size
        is_dense = entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1)
        if entry.file_size > _WORTH_A_LOOK and is_dense:
            raise _bomb()
    if total > LARGEST_TOTAL:
        raise _bomb()
    return Archive(opened, frozenset(entry.filename for entry in entries))


def _bomb() -> SourceError:
    return SourceError("解开后大得不正常，像是压缩炸弹，没有打开；向发件人核实，请他另存一份")
