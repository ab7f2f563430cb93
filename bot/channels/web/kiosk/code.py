"""QR codes: a clause to take away on a telephone. The only door to segno."""

from urllib.parse import quote

import segno

from bot.channels.desk import Desk
from bot.policy.link import version_of

QUIET_ZONE = 4
"""Modules of white around a code. Source: ISO/IEC 18004."""


def clause_address(desk: Desk, clause_id: str) -> str | None:
    """The permanent address of a clause, for telephones.

    None: without PUBLIC_URL a telephone cannot reach us, or the clause was withdrawn meanwhile.
    """
    clause = desk.answerer().basis.library.clauses_by_id.get(clause_id)
    if clause is None or not desk.settings.public_url:
        return None
    return f"{desk.settings.public_url}/c/{quote(clause_id, safe=':')}?v={version_of(clause)}"


def code_of(address: str) -> str:
    """A code as an SVG element without a size of its own: black on white, in every look.

    Level M: read although a seventh of it is scratched or shines.
    """
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True)
