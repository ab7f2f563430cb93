"""What questions are answered from."""

from dataclasses import dataclass, field

from bot.content.particulars import Particulars
from bot.content.subjects import Subjects
from bot.policy.jurisdiction import Gazetteer
from bot.policy.library import Library
from bot.search.index import Index


@dataclass(frozen=True, slots=True)
class Basis:
    """One edition of the texts, and what the service says of itself.

    Args:
        hotline: the number to call where no text answers.
        site: address that links start with; empty: links are relative.
        is_closed: the service is being worked on, and answers nothing.
        gazetteer: knows the names of divisions.
        particulars: figures and details that questions ask for.
        subjects: matters that questions name; a clause that answers speaks of them.
        everyday: matters that no policy governs.
    """

    library: Library
    index: Index
    hotline: str
    site: str = ""
    is_closed: bool = False
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    particulars: Particulars = field(default_factory=Particulars)
    subjects: Subjects = field(default_factory=Subjects)
    everyday: Subjects = field(default_factory=Subjects)
