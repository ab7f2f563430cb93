"""Whether the service is under maintenance: a setting says so, or a file that can come and go."""

from dataclasses import dataclass
from pathlib import Path

from bot.errors import SettingsError
from bot.settings import Settings

FILE_NAME = "maintenance"
"""In DATA_DIR; what it holds does not matter."""


@dataclass(frozen=True, slots=True)
class Maintenance:
    """The maintenance notice of a service. All its processes look at the same file."""

    file: Path
    always: bool

    def is_on(self) -> bool:
        """Whether questions are answered with the notice."""
        return self.always or self.file.exists()

    def switch(self, *, on: bool) -> None:
        """Turns the notice on or off. It stays on if MAINTENANCE says so.

        Raises:
            SettingsError: DATA_DIR cannot be written.
        """
        try:
            if on:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                self.file.touch()
            else:
                self.file.unlink(missing_ok=True)
        except OSError as error:
            raise SettingsError(
                f"setting 'DATA_DIR': '{self.file.parent}' cannot be written ({error.strerror}); "
                "make it writable, or set MAINTENANCE and restart"
            ) from None


def maintenance_of(settings: Settings) -> Maintenance:
    """The maintenance of the settings, with the file in their DATA_DIR."""
    return Maintenance(settings.data_dir / FILE_NAME, settings.maintenance)
