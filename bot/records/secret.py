"""SECRET_KEY: the operator's, or one that is made once into DATA_DIR."""

import os
import secrets
import tempfile
from pathlib import Path

from bot.errors import SettingsError

KEY_FILE = "secret.key"


def secret_key(chosen: str, data_dir: Path) -> bytes:
    """The key of the hashes of people; the same in every process and after every restart.

    Args:
        chosen: SECRET_KEY; empty: the key is read from DATA_DIR, and made there the first time.
        data_dir: DATA_DIR.

    Raises:
        SettingsError: the key can be neither read nor made.
    """
    if chosen:
        return chosen.encode()
    path = data_dir / KEY_FILE
    try:
        if not path.exists():
            _make(path)
        key = path.read_bytes().strip()
    except OSError as error:
        raise SettingsError(
            f"setting 'SECRET_KEY': cannot be kept in '{path}' ({error.strerror}); "
            "make the folder writable, or set SECRET_KEY"
        ) from None
    if not key:
        raise SettingsError(
            f"setting 'SECRET_KEY': '{path}' is empty; restore it, or remove it to make another"
        )
    return key


def _make(path: Path) -> None:
    """Writes a new key under another name, then links it to the name: so it is whole, and the first one
    stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{KEY_FILE}.")  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(32).encode())
            file.flush()
            os.fsync(descriptor)
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first: its key is the key
    finally:
        Path(draft).unlink()
