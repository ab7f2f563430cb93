"""Documents that end others: on the days before, between and after."""

from dataclasses import replace
from datetime import date

import pytest

from bot.policy.anchor import ROOT, Anchor
from bot.policy.document import Document, Genre
from bot.policy.force.validity import LegalForce
from bot.policy.library import Library

BEFORE, BETWEEN, AFTER = date(2012, 1, 1), date(2020, 1, 1), date(2022, 1, 1)

OLD = Document(
    "旧",
    "最低生活保障审核审批办法(试行)",
    "第一条　甲。\n第二条　乙。\n第三条　本办法自2013年1月1日起施行。",
    document_number="民发〔2012〕220号",
)
NEW = Document(
    "新",
    "最低生活保障审核确认办法",
    "第一条　丙。\n第二条　本办法自2021年7月1日起施行，"
    "2012年12月12日民政部印发的《最低生活保障审核审批办法（试行）》（民发〔2012〕220号）同时废止。",
)


def forces(library: Library, document_id: str, anchor: Anchor = ROOT) -> list[LegalForce]:
    """The force on the three days."""
    return [library.validity[document_id].force(on, anchor) for on in (BEFORE, BETWEEN, AFTER)]


def test_a_repeal_ends_a_document_from_the_new_ones_first_day() -> None:
    """Not yet, in force, superseded; the clause that says so is kept."""
    library = Library.of([OLD, NEW])

    assert forces(library, "旧") == [LegalForce.PENDING, LegalForce.IN_FORCE, LegalForce.NOT_IN_FORCE]
    assert forces(library, "新") == [LegalForce.PENDING, LegalForce.PENDING, LegalForce.IN_FORCE]
    (ended,) = library.validity["旧"].superseded
    assert (ended.by, ended.since, ended.clause_id) == (NEW, date(2021, 7, 1), "新:t2")
    assert library.validity["旧"].force(date(2021, 6, 30)) is LegalForce.IN_FORCE
    assert library.validity["旧"].force(date(2021, 7, 1)) is LegalForce.NOT_IN_FORCE
    assert library.supersedes == {"旧": (), "新": ("旧",)}


def test_the_front_matter_ends_a_document_as_well() -> None:
    """`supersedes` needs no sentence in the text, and an id that is not held ends nothing."""
    new = Document(
        "新", "新办法", "第一条　丙。", effective_on=date(2021, 7, 1), supersedes=("旧", "没有", "新")
    )

    library = Library.of([OLD, new])

    assert forces(library, "旧")[1:] == [LegalForce.IN_FORCE, LegalForce.NOT_IN_FORCE]
    assert library.validity["旧"].superseded[0].clause_id is None
    assert forces(library, "新")[2] is LegalForce.IN_FORCE


NOT_MEANT = [
    {"document_number": "民发〔2010〕1号"},  # another number
    {"document_number": None, "title": "最低生活保障审核审批办法"},  # another title
    {"document_number": None, "signed_on": date(2019, 1, 1)},  # a later version of the same title
    {"document_number": None, "signed_on": date(2014, 1, 1)},  # years from the day that the repeal names
    {"document_number": None, "published_on": date(2014, 1, 1)},  # the same by the day of publication
    {"document_number": None, "effective_on": date(2021, 7, 1)},  # not older than what repeals
    {"document_number": None, "jurisdiction": "某省某市"},  # the like-named text of another place
    {"genre": Genre.NEWS},  # a report has no force to lose
]


@pytest.mark.parametrize("known", NOT_MEANT)
def test_only_the_named_document_ends(known: dict[str, object]) -> None:
    """A like title is not enough where number, day or place speak against it."""
    library = Library.of([replace(OLD, **known), replace(NEW, jurisdiction="全国")])  # type: ignore[arg-type]

    assert library.validity["旧"].superseded == ()
    assert library.successors("旧", AFTER) == ()


def test_a_repeal_may_name_the_day_of_signing_or_of_publication() -> None:
    """A text that was signed in December may have been published in January: both are the same text."""
    published_later = replace(OLD, document_number=None, published_on=date(2013, 1, 5))

    assert forces(Library.of([published_later, NEW]), "旧")[2] is LegalForce.NOT_IN_FORCE


def test_a_repeal_without_a_day_means_the_text_of_that_title() -> None:
    """Whenever it was signed, if that is not after the new text."""
    new = Document("新", "新办法", f"第一条　本办法自2021年7月1日起施行。《{OLD.title}》同时废止。")

    library = Library.of([replace(OLD, signed_on=date(2012, 12, 12)), new])

    assert [ended.by for ended in library.validity["旧"].superseded] == [new]


def test_a_new_text_of_the_same_title_does_not_end_itself() -> None:
    """民政部's 2024 rules repeal the 2016 rules, which bear the same title."""
    text = "第一条　甲。\n第二条　本办法自{}年9月5日起施行。{}"
    repeal = "2016年8月31日发布的《慈善组织公开募捐管理办法》同时废止。"
    title = "慈善组织公开募捐管理办法"
    library = Library.of(
        [
            Document("募捐2016", title, text.format(2016, "")),
            Document("募捐2024", title, text.format(2024, repeal)),
        ]
    )

    assert [e.by.document_id for e in library.validity["募捐2016"].superseded] == ["募捐2024"]
    assert library.validity["募捐2024"].superseded == ()


def test_a_notice_that_issued_the_old_text_is_found_by_the_texts_title() -> None:
    """The file may bear the title of the notice, the repeal that of the text."""
    notice = replace(OLD, document_number=None, title=f"民政部关于印发《{OLD.title}》的通知")

    assert forces(Library.of([notice, NEW]), "旧")[2] is LegalForce.NOT_IN_FORCE


def test_a_repeal_of_articles_leaves_the_others_in_force() -> None:
    """The document is partly in force, the named article is not."""
    new = Document("新", "新办法", f"第一条　自2021年7月1日起施行。《{OLD.title}》第二条同时废止。")

    library = Library.of([OLD, new])

    assert forces(library, "旧")[1:] == [LegalForce.IN_FORCE, LegalForce.PARTLY_IN_FORCE]
    assert library.validity["旧"].force(AFTER) is LegalForce.PARTLY_IN_FORCE
    assert forces(library, "旧", Anchor.parse("t2k1"))[1:] == [LegalForce.IN_FORCE, LegalForce.NOT_IN_FORCE]
    assert forces(library, "旧", Anchor.parse("t1"))[2] is LegalForce.PARTLY_IN_FORCE
    assert library.successors("旧", AFTER, Anchor.parse("t2")) == (new,)
    assert library.successors("旧", AFTER) == ()


def test_the_successor_of_a_successor_stands_in_its_place() -> None:
    """Nobody is sent to a text that has ended in its turn; a circle ends."""
    newest = Document("更新", "更新办法", "第一条　丁。", effective_on=date(2021, 12, 1), supersedes=("新",))
    library = Library.of([OLD, NEW, newest])

    assert library.successors("旧", date(2021, 8, 1)) == (NEW,)
    assert library.successors("旧", AFTER) == (newest,)
    circle = Library.of([replace(OLD, supersedes=("新",)), replace(NEW, supersedes=("旧",))])
    assert circle.successors("旧", AFTER) == ()


def test_a_repeal_without_a_known_day_has_happened() -> None:
    """A text that is held has been issued."""
    undated = replace(NEW, text=NEW.text.replace("自2021年7月1日起", "自公布之日起"))

    assert forces(Library.of([OLD, undated]), "旧") == [LegalForce.NOT_IN_FORCE] * 3


def test_a_report_neither_ends_a_document_nor_is_ended() -> None:
    """Whatever its front matter says: news has no force to give or to lose."""
    report = Document("报道", "报道", "新办法出台。", genre=Genre.NEWS, supersedes=("旧",))
    new = replace(NEW, text="第一条　丙。", supersedes=("报道",))

    library = Library.of([OLD, report, new])

    assert library.validity["旧"].superseded == ()
    assert library.validity["报道"].superseded == ()
