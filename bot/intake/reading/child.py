"""The process that reads one file: little memory, little time, no network, no other program, no file written.

`python -m bot.intake.reading.child NAME SECONDS [recognize]` reads the file from standard input, writes JSON.
"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import PurePath

from bot.errors import ScanError, SourceError
from bot.intake.reading.allowance import MOST_SECONDS, MOST_SECONDS_OF_RECOGNITION
from bot.intake.reading.formats import read_bytes, recognized_bytes


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """The limits on reading: bytes of data and of addresses, seconds of processor time."""

    memory: int
    addresses: int
    seconds: int


READING = ReadingLimits(280 * 1024 * 1024, 1024 * 1024 * 1024, MOST_SECONDS)
"""A 300-page PDF takes 60 MiB."""

RECOGNITION = ReadingLimits(2_000 * 1024 * 1024, 8_000 * 1024 * 1024, MOST_SECONDS_OF_RECOGNITION)
"""The models take 800 MiB."""

LARGEST_RESULT = 96 * 1024 * 1024
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "urllib.",
    "ftplib.",
)
_TOO_MUCH = "太复杂或太大，读它要的内存超过了限度；请另存为更简单的文件，或者拆成几份"


def main() -> None:
    """Limits this process, reads the file, and prints the result."""
    name, seconds = sys.argv[1], int(sys.argv[2])
    recognizes = sys.argv[3:] == ["recognize"]
    _limit(seconds, RECOGNITION if recognizes else READING)
    try:
        data = sys.stdin.buffer.read()
        source = recognized_bytes(data) if recognizes else read_bytes(data, PurePath(name).name)
        result: dict[str, object] = {"text": asdict(source), "is_scan": source.is_partly_scan}
    except ScanError as error:
        result = {"problem": str(error), "is_scan": True}
    except SourceError as error:
        result = {"problem": str(error)}
    except (MemoryError, RecursionError):
        result = {"problem": _TOO_MUCH}
    sys.stdout.write(json.dumps(result))


def _limit(seconds: int, limits: ReadingLimits = READING) -> None:
    """Sets limits that code run later in this process cannot loosen."""
    if sys.platform != "win32":
        _limit_resources(seconds, limits)
    sys.addaudithook(_refuse)


def _limit_resources(seconds: int, limits: ReadingLimits) -> None:
    import resource  # noqa: PLC0415  # Windows has none; there only the time is limited

    for kind, most in (
        (resource.RLIMIT_DATA, limits.memory),
        (resource.RLIMIT_AS, limits.addresses),
        (resource.RLIMIT_FSIZE, LARGEST_RESULT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, max(seconds, limits.seconds)))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Refuses network access, other programs and writing, whatever a file asks for."""
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if writes or event.startswith(_FORBIDDEN):
        raise PermissionError(event)


if __name__ == "__main__":
    main()
