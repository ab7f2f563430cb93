"""Tends the newest edition from a thread, so that a cluster that hangs does not delay the folder's looks."""

import logging
import threading
from collections.abc import Callable

from bot.living.edition import Edition
from bot.logs import place_of

TEND_EVERY_SECONDS = 5.0
"""How often an edition is tended that stays the same: a cluster that has come back is used again so soon."""

SOON_SECONDS = 0.2
"""When it is tended again while another front end publishes."""

_log = logging.getLogger(__name__)


def tend_from_a_thread(edition: Callable[[], Edition]) -> threading.Event:
    """Tends the current edition every few seconds in a thread that never ends; at once when told to.

    Returns:
        Set it when there is a new edition.
    """
    changed = threading.Event()

    def keep_tending() -> None:
        while True:
            changed.clear()
            is_done = True
            try:
                is_done = edition().upkeep.tend()
            except Exception as error:  # noqa: BLE001  # the outer wall: a thread that ends never comes back
                _log.error("edition=not_tended reason=%s", place_of(error))
            changed.wait(TEND_EVERY_SECONDS if is_done else SOON_SECONDS)

    threading.Thread(target=keep_tending, daemon=True).start()
    return changed
