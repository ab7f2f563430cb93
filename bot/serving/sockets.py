"""The sockets that the workers listen on."""

import logging
import socket
import sys

from bot.errors import SettingsError
from bot.settings import Settings

if sys.platform != "win32":
    import resource

_log = logging.getLogger(__name__)

OTHER_FILES = 256
"""Files that a worker holds besides its connections: index, records, dictionaries."""


def bound_sockets(settings: Settings, count: int) -> list[socket.socket]:
    """A socket on HOST and PORT for each worker; nobody is let in before a worker listens on it.

    The system spreads connections among those that are listened on. What a dying worker has not accepted
    waits for the one that replaces it.

    Raises:
        SettingsError: HOST and PORT cannot be listened on, or another service does.
    """
    family, kind, address = _address(settings.host, settings.port)
    try:
        # A second service would share the port too, without a word, and get half of the requests.
        with _bound(family, kind, address) as probe:
            probe.listen()
        return [_bound(family, kind, address, among=count) for _ in range(count)]
    except OSError as error:
        raise _refused("PORT", settings.host, settings.port, error.strerror) from None


def metrics_socket(settings: Settings) -> socket.socket | None:
    """A listening socket on HOST and METRICS_PORT; None: no metrics are wanted.

    Raises:
        SettingsError: they cannot be listened on.
    """
    port = settings.metrics_port
    if port is None:
        return None
    if port == settings.port:
        raise _refused("METRICS_PORT", settings.host, port, "it is PORT")
    try:
        made = _bound(*_address(settings.host, port))
        made.listen()
    except OSError as error:
        raise _refused("METRICS_PORT", settings.host, port, error.strerror) from None
    return made


def _address(host: str, port: int) -> tuple[socket.AddressFamily, socket.SocketKind, object]:
    """Family, kind and address of a host of this machine."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise SettingsError(
            f"setting 'HOST': '{host}' is no address of this machine; write 127.0.0.1 or 0.0.0.0"
        ) from None
    family, kind, _, _, address = found[0]
    return family, kind, address


def _refused(setting: str, host: str, port: int, reason: str | None) -> SettingsError:
    return SettingsError(
        f"setting '{setting}': {host}:{port} cannot be listened on ({reason}); "
        "stop what uses it, or choose another"
    )


def _bound(family: int, kind: int, address: object, among: int = 1) -> socket.socket:
    made = socket.socket(family, kind)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if among > 1:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.bind(address)  # type: ignore[arg-type] # as getaddrinfo gave it
    except OSError:
        made.close()
        raise
    return made


def fitting_connections(wanted: int) -> int:
    """How many of the wanted connections this process's limit of open files allows, at least 8.

    The limit is raised as far as the system lets us.
    """
    if sys.platform == "win32":
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = wanted + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < files:
        soft = files if hard == resource.RLIM_INFINITY else min(files, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY or soft >= files:
        return wanted
    fitting = max(8, soft - OTHER_FILES)
    _log.warning("connections=%d wanted=%d open_files=%d", fitting, wanted, soft)
    return fitting
