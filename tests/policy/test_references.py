"""What clauses refer to: which words, and which clause or document of the library they mean."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.policy.citation import links
from bot.policy.document import Document, Genre
from bot.policy.library import Library
from bot.policy.references.reference import Reference

LAW = Document(
    "慈善法",
    "中华人民共和国慈善法",
    "第一条　为了慈善。\n第二条　有下列情形的：\n（一）甲；\n（二）乙。\n前款不含丙。\n"
    "第三条　戊。\n第三条之一　己。",
)

RULES = (
    "第一条　根据《中华人民共和国慈善法》（以下简称《慈善法》），制定本办法。",
    "第二条　有下列情形的，给予救助：",
    "（一）生病；",
    "（二）受灾。",
    "有前款第（一）项情形的优先。",
    "第三条　甲。",
    "乙。",
    "第四条　",
)
"""Three articles and the mark of a fourth, whose words a test writes."""


def read(words: str, *others: Document) -> list[tuple[str, str | None, bool]]:
    """The references of the fourth article: words, what they mean, whether they are dead."""
    own = Document("办法", "救助办法", "\n".join(RULES) + words + "\n第五条　丁。")
    library = Library.of([own, LAW, *others])
    clause = library.clauses_by_id["办法:t4"]
    return [shown(clause.text, reference) for reference in library.references(clause)]


def shown(text: str, reference: Reference) -> tuple[str, str | None, bool]:
    meant = reference.clause_id or reference.document_id
    return text[reference.start : reference.end], meant, reference.problem is not None


HERE = [
    # words of the fourth article, references
    ("依照本办法第二条办理。", [("本办法第二条", "办法:t2")]),
    ("依照第二条的规定办理。", [("第二条", "办法:t2")]),
    ("依照前条办理。", [("前条", "办法:t3")]),
    ("依照前两条办理。", [("前两条", "办法:t2")]),
    ("依照第三条第二款办理。", [("第三条第二款", "办法:t3")]),
    ("属于第二条第一款第（二）项的办理。", [("第二条第一款第（二）项", "办法:t2")]),
    ("依照第二条第一项、第二项办理。", [("第二条第一项", "办法:t2"), ("第二项", "办法:t2")]),
    ("依照第二条第（一）、（二）项办理。", [("第二条第（一）、（二）项", "办法:t2")]),
    ("依照第一条至第三条办理。", [("第一条", "办法:t1"), ("第三条", "办法:t3")]),
    ("依照本办法第二条和第三条办理。", [("本办法第二条", "办法:t2"), ("第三条", "办法:t3")]),
    ("依照本办法第二条规定和第三条办理。", [("本办法第二条", "办法:t2"), ("第三条", "办法:t3")]),
    ("依照下款办理，条件如下。", []),
    ("依照第二条 办理。", [("第二条", "办法:t2")]),
    # a 项 of a following line belongs to the 款 above it
    ("戊。\n（一）依照第五条。", [("第五条", "办法:t5")]),
    ("戊。\n前款另行规定。", [("前款", "办法:t4")]),
    ("甲。\n乙。\n依照前两款办理。", [("前两款", "办法:t4")]),
    ("如下：\n（一）甲；\n（二）依照前项办理。", [("前项", "办法:t4")]),
    (
        "如下：\n（一）甲。\n有第一款第一项情形的，依照本条第一款办理。",
        [("第一款第一项", "办法:t4"), ("本条第一款", "办法:t4")],
    ),
    # words that only look like it
    ("以前款项未付，提前条件不变，共三项目。", []),
    ("依照第二条例办理。", []),
]


@pytest.mark.parametrize(("words", "found"), HERE)
def test_places_of_the_same_document(words: str, found: list[tuple[str, str]]) -> None:
    """A number means the document's own; 前 counts from where the clause speaks."""
    assert read(words) == [(text, meant, False) for text, meant in found]


WORDS = "甲" * 160
LONG = (
    f"第二条　{WORDS}。",
    "有下列情形的，给予救助：",
    f"（一）{WORDS}；",
    f"（二）{WORDS}；",
    f"（三）{WORDS}，见第（五）项。",
    f"丙：（一）{WORDS}，（二）丁。",
    "1.戊；",
    f"2.{WORDS}{WORDS}。",
)
"""An article of three 款, cut. The second has three 项; the third has two, and two more in one line."""

CUT = [
    # words, the clause they lead to, what is wrong with them
    ("第二条", "办法:t2k1", None),
    ("第二条第二款", "办法:t2k2", None),
    ("第二条第二款第（二）项", "办法:t2k2x2", None),
    ("第二条第三款", "办法:t2k3", None),
    # without its 款, a 项 is of the first 款 that has any
    ("第二条第（二）项", "办法:t2k2x2", None),
    ("第二条第二项", "办法:t2k2x2", None),
    # 1. is cited as 第一项 where an article has no （一）
    ("第二条第三款第二项", "办法:t2k3x2", None),
    # a 款 without 项 is meant as a whole, and so is one that prints the number in the middle of a line
    ("第二条第一款第（二）项", "办法:t2k1", None),
    ("第二条第二款第（五）项", "办法:t2k2", None),
    # what there is not
    ("第二条第二款第（六）项", None, "那里只有3项"),
    ("第二条第（六）项", None, "那里只有3项"),
    ("第二条第四款", None, "这一条只有3款"),
    ("第九条", None, "没有这一条"),
    # an excerpt of a list keeps its numbers
    ("第三条第（四）项", "办法:t3x4", None),
    ("第三条第（二）项", None, "那里只有2项"),
]


@pytest.mark.parametrize(("words", "leads_to", "problem"), CUT)
def test_a_place_in_an_article_that_is_cut(words: str, leads_to: str | None, problem: str | None) -> None:
    """The link leads to the part, and to the whole where the text has no such part as a clause."""
    excerpt = f"第三条　如下：\n（三）{WORDS}{WORDS}；\n（四）{WORDS}。"
    text = "\n".join(["第一条　甲。", *LONG, excerpt, f"第四条　依照{words}办理。"])
    library = Library.of([Document("办法", "救助办法", text)])

    (found,) = library.references(library.clauses_by_id["办法:t4"])

    assert (found.clause_id, found.problem) == (leads_to, problem)


ELSEWHERE = [
    ("依照《中华人民共和国慈善法》办理。", [("《中华人民共和国慈善法》", "慈善法")]),
    ("依照《慈善法》第二条第一款第（二）项办理。", [("《慈善法》第二条第一款第（二）项", "慈善法:t2")]),
    (
        "依照《中华人民共和国 慈善法》（2023年修正）第三条之一办理。",
        [("《中华人民共和国 慈善法》（2023年修正）第三条之一", "慈善法:t3-1")],
    ),
    (
        "依照《慈善法》（2023年修正）（主席令第四十三号）第三条办理。",
        [("《慈善法》（2023年修正）（主席令第四十三号）第三条", "慈善法:t3")],
    ),
    ("依照慈善法第一条、第三条办理。", [("慈善法第一条", "慈善法:t1"), ("第三条", "慈善法:t3")]),
    ("依照中华人民共和国慈善法第三条办理。", [("中华人民共和国慈善法第三条", "慈善法:t3")]),
    (
        "属于慈善法第一条规定的“甲”、第三条规定的情形。",
        [("慈善法第一条", "慈善法:t1"), ("第三条", "慈善法:t3")],
    ),
    (
        "依照慈善法第二条，该法第三条、同条第一款不适用。",
        [("慈善法第二条", "慈善法:t2"), ("第三条", "慈善法:t3"), ("同条第一款", "慈善法:t3")],
    ),
    ("依照慈善法第一条和本办法第三条办理。", [("慈善法第一条", "慈善法:t1"), ("本办法第三条", "办法:t3")]),
    ("依照慈善法第一条办理。依照第三条处罚。", [("慈善法第一条", "慈善法:t1"), ("第三条", "办法:t3")]),
    # whose third article it is, the sentence leaves open; a text that is not held stays words
    ("违反慈善法第一条的，依照第三条处罚。", [("慈善法第一条", "慈善法:t1"), ("第三条", None)]),
    ("依照《没有收录法》第九十九条办理。", [("《没有收录法》第九十九条", None)]),
    ("依照没有收录法第九十九条、第三条办理。", [("第九十九条", None), ("第三条", None)]),
    ("依照该条例第三条办理。", [("第三条", None)]),
    ("依照小慈善法第三条办理。", [("第三条", None)]),
    ("违反慈善法第一条的，依照本条第一款处罚。", [("慈善法第一条", "慈善法:t1"), ("本条第一款", "办法:t4")]),
    # what an amendment quotes or changes is another text's
    ("将第三条修改为：“第二条依照前款办理。”", [("第三条", None), ("第二条", None), ("前款", None)]),
]


@pytest.mark.parametrize(("words", "found"), ELSEWHERE)
def test_places_of_other_documents(words: str, found: list[tuple[str, str | None]]) -> None:
    """By title, with or without 中华人民共和国, or by a short form; what is not held is no fault."""
    assert read(words) == [(text, meant, False) for text, meant in found]


IN_FRONT = [
    "依照",
    "按照",
    "根据",
    "依据",
    "违反",
    "适用",
    "符合",
    "实施",
    "触犯",
    "参照",
    "遵守",
    "执行",
    "属于",
    "构成",
    "规定",
    "贯彻",
    "履行",
    "行使",
    "具备",
    "享受",
    "甲、",
    "甲和",
    "甲与",
    "甲及",
    "甲或",
    "甲或者",
    "甲将",
    "甲由",
    "甲因",
    "甲的",
    "甲对",
    "是指",
]


@pytest.mark.parametrize("words", IN_FRONT)
def test_the_words_in_front_of_a_name_are_no_part_of_it(words: str) -> None:
    """The reference begins with the name of the text."""
    assert read(f"{words}慈善法第三条。") == [("慈善法第三条", "慈善法:t3", False)]


@pytest.mark.parametrize("joint", ["、", "和", "或者", "或", "及", "以及", "与"])
def test_a_list_stays_in_the_text_that_it_begins_with(joint: str) -> None:
    """慈善法第一条规定的甲与第三条规定的乙: both are of that law."""
    found = read(f"属于慈善法第一条规定的甲{joint}第三条规定的乙。")

    assert found == [("慈善法第一条", "慈善法:t1", False), ("第三条", "慈善法:t3", False)]


@pytest.mark.parametrize("pointer", ["该", "同", "上述", "前述", "此"])
def test_a_text_is_pointed_at_in_several_words(pointer: str) -> None:
    """The text that was named last is meant."""
    found = read(f"依照慈善法第二条，{pointer}法第三条除外。")

    assert found[1] == ("第三条", "慈善法:t3", False)


UNHELD_KINDS = [
    "通则",
    "总则",
    "修正案",
    "议定书",
    "合同",
    "协议",
    "协定",
    "附录",
    "附表",
    "名录",
    "宪章",
    "条例",
    "公约",
]


@pytest.mark.parametrize("kind", UNHELD_KINDS)
def test_an_article_of_a_text_that_is_not_held_is_not_one_of_ours(kind: str) -> None:
    """民法通则第三条 is not 第三条 of the text that says so."""
    assert read(f"依照某某{kind}第三条办理。") == [("第三条", None, False)]


@pytest.mark.parametrize(
    "words",
    [
        "第二条件",
        "第二条例",
        "第二条约",
        "第二条线",
        "第二项目",
        "前项目",
        "上条例",
        "前条件",
        "以前条",
        "目前款",
    ],
)
def test_words_that_only_look_like_places_are_none(words: str) -> None:
    """第二条件 is a condition, 第二项目 a project."""
    assert read(f"符合{words}的办理。") == []


def test_a_dead_reference_tells_whether_another_text_lacks_the_place() -> None:
    """Who mends the own text can do nothing about that of another one."""
    own = Document(
        "办法", "救助办法", "第一条　依照《慈善法》第九十九条办理。\n第二条　依照本办法第八条办理。"
    )
    library = Library.of([own, LAW])

    dead = [library.references(clause)[0] for clause in library.holdings[0].outline.clauses]

    assert [(each.problem is not None, each.elsewhere) for each in dead] == [(True, True), (True, False)]


OPEN = [
    # words of the fourth article, references: None where the words do not tell what is meant
    # a quotation speaks of another text; behind it the text speaks of itself again
    ("所称“第二条办理”，是指乙。", [("第二条", None)]),
    ("所称“乙”，依照第二条办理。", [("第二条", "办法:t2")]),
    # 前款 right behind another article is not counted from here
    ("依照第二条前款办理。", [("第二条", "办法:t2"), ("前款", None)]),
    # 条 is lost in print: which article it was cannot be told
    ("依照第二百三十六第一款办理。", [("第一款", None)]),
    # 同条 needs an article, 该法 a text that is held
    ("依照《慈善法》，同条第一款适用。", [("《慈善法》", "慈善法"), ("同条第一款", None)]),
    ("依照《没有法》，该法第一条适用。", [("《没有法》", None), ("第一条", None)]),
    ("依照《没有法》第三条，同条第二款适用。", [("《没有法》第三条", None), ("同条第二款", None)]),
    # a 项 where the 款 has none, 前项 before the first
    ("依照第（二）项办理。", [("第（二）项", None)]),
    ("依照前项办理。", [("前项", None)]),
    # an article that the text lacks is perhaps another text's, if the sentence names one
    ("违反《没有法》规定的，依照第九十九条办理。", [("《没有法》", None), ("第九十九条", None)]),
    ("违反《没有法》。依照本办法第三条办理。", [("《没有法》", None), ("本办法第三条", "办法:t3")]),
    ("违反刑法第一条的，依照第九十九条办理。", [("第一条", None), ("第九十九条", None)]),
    # its own title in brackets is the text itself
    ("依照《救助办法》第三条办理。", [("《救助办法》第三条", "办法:t3")]),
    (
        "依照《救助办法》第二条，该办法第三条除外。",
        [("《救助办法》第二条", "办法:t2"), ("第三条", "办法:t3")],
    ),
]


@pytest.mark.parametrize(("words", "found"), OPEN)
def test_what_the_words_do_not_tell_is_not_guessed(words: str, found: list[tuple[str, str | None]]) -> None:
    """An open reference is no fault of the text."""
    assert read(words) == [(text, meant, False) for text, meant in found]


def test_the_numbers_at_the_start_of_lines_are_no_references() -> None:
    """第五条 with a blank opens an article; with words behind it, it refers to one."""
    assert read("甲。\n第三条 　乙。\n“第二条　丙。”") == []
    assert read("甲。\n第三条不适用。") == [("第三条", "办法:t3", False)]


INSIDE = [
    # words in the second 项 of the third 款 of the second article, what they lead to, what is wrong
    ("依照第一项办理", "办法:t2k3x1", None),
    ("依照前项办理", "办法:t2k3x1", None),
    ("依照前款办理", "办法:t2k2", None),
    ("依照前款第（三）项办理", "办法:t2k2x3", None),
    ("依照前两款办理", "办法:t2k1", None),
    ("依照前三款办理", None, "这一条里前面没有这么多款"),
    ("依照前两项办理", None, "这一款里前面没有这么多项"),
    ("依照第二款第（一）项办理", "办法:t2k2x1", None),
    ("依照本条第二款办理", "办法:t2k2", None),
    ("依照前条办理", "办法:t1", None),
    ("依照前两条办理", None, "前面没有这么多条"),
]


@pytest.mark.parametrize(("words", "leads_to", "problem"), INSIDE)
def test_a_place_counted_from_inside_an_article(
    words: str, leads_to: str | None, problem: str | None
) -> None:
    """From the 款 and 项 where the words stand, also where each is a clause of its own."""
    text = "\n".join(["第一条　甲。", *LONG[:-1], LONG[-1] + words])
    library = Library.of([Document("办法", "救助办法", text)])

    (found,) = library.references(library.clauses_by_id["办法:t2k3x2"])

    assert (found.clause_id, found.problem) == (leads_to, problem)


TEXTS = [
    # lines of a document, the clause that refers, what it means
    # without articles nothing is counted back, and 第二款 is another text's
    (["一、依照前款办理。", "二、乙。"], "b1", None),
    (["一、甲。", "二、依照第一款办理。"], "b2", None),
    # 本通知第二条第（一）项 is 二、（一）; if it has no such item, it is what stands under 二、
    (["一、依照本通知第二条第（二）项办理。", "二、乙", "（一）丙。", "（二）丁。"], "b1", "b2.2"),
    (["一、依照本通知第二条第（三）项办理。", "二、乙", "（一）丙。", "（二）丁。"], "b1", "b2.1"),
    (["一、依照本通知第三条办理。", "二、乙。"], "b1", None),
    (["一、依照本通知第一条办理。", *[f"{number}、乙。" for number in "二三四五六七八九十"]], "b1", "b1"),
    # an annex has articles of its own; those that it lacks are the main text's
    (["第一条　甲。", "附件1", "第一条　乙。", "第二条　依照第一条办理。"], "f1.t2", "f1.t1"),
    (["第一条　甲。", "附件1", "依照本细则第一条办理。", "第一条　乙。"], "f1.p1", "f1.t1"),
    (["第一条　甲。", "第二条　丙。", "附件1", "第一条　依照第二条办理。"], "f1.t1", "t2"),
    (["第一条　甲。", "附件1", "第一条　依照前条办理。"], "f1.t1", None),
    # 附件 is the only annex, not one of two, and not the annex that speaks
    (["第一条　见附件。", "附件", "乙。"], "t1", "f1.p1"),
    (["第一条　见附件。", "附件1", "乙。", "附件2", "丙。"], "t1", None),
    (["第一条　见附件2。", "附件1", "乙。", "附件2", "丙。"], "t1", "f2.p1"),
    (["第一条　见附件3。", "附件1", "乙。", "附件2", "丙。"], "t1", None),
    (["第一条　甲。", "附件1", "乙，见附件1。"], "f1.p1", None),
    (["第一条　甲。", "附件1", "乙，见附件2。", "附件2", "丙。"], "f1.p1", "f2.p1"),
    # an excerpt may lack what stands before it
    (["第三条　依照前两条办理。", "第四条　乙。"], "t3", None),
    (["第三条　甲。", "第四条　依照前条办理。"], "t4", "t3"),
]


@pytest.mark.parametrize(("lines", "anchor", "leads_to"), TEXTS)
def test_a_place_in_texts_of_other_kinds(
    lines: list[str], anchor: str, leads_to: str | None, document: Callable[..., Document]
) -> None:
    """Notices with 一、, annexes, excerpts."""
    library = Library.of([document(*lines)])

    (found,) = library.references(library.clauses_by_id[f"某某办法:{anchor}"])

    assert found.clause_id == (leads_to and f"某某办法:{leads_to}")


DEAD = [
    ("依照第九十九条办理。", "第九十九条"),
    ("依照第三条第三款办理。", "第三条第三款"),
    ("依照第二条第一款第（九）项办理。", "第二条第一款第（九）项"),
    ("依照前款办理。", "前款"),
    ("依照前九条办理。", "前九条"),
    ("如下：\n（一）依照前项办理。", "前项"),
    ("依照慈善法第九十九条办理。", "慈善法第九十九条"),
]


@pytest.mark.parametrize(("words", "dead"), DEAD)
def test_a_place_that_there_is_not(words: str, dead: str) -> None:
    """The document is held, and has no such article, 款 or 项; 前款 has none in front of it."""
    assert read(words) == [(dead, None, True)]


def test_an_excerpt_refers_to_what_it_leaves_out() -> None:
    """Without a first article nobody can say that another is missing."""
    excerpt = Document("摘录", "某办法", "第二条　依照第九条办理。\n第三条　乙。")
    library = Library.of([excerpt])

    found = [r for _, clause in library.clauses() for r in library.references(clause)]

    assert [(reference.clause_id, reference.problem) for reference in found] == [(None, None)]


def test_an_annex_and_a_heading_are_places_too(document: Callable[..., Document]) -> None:
    """附件1 is its first clause; 本通知第二条 of a text without 条 is what stands under 二、."""
    notice = document("一、依照本通知第二条和附件1办理。", "二、甲。", "附件1", "乙。")
    library = Library.of([notice])

    found = library.references(library.clauses_by_id["某某办法:b1"])

    assert [reference.clause_id for reference in found] == ["某某办法:b2", "某某办法:f1.p1"]


def test_a_number_of_a_text_without_articles_needs_its_name(document: Callable[..., Document]) -> None:
    """There 第二条 alone is another text's; in an annex it is the annex's own."""
    notice = document("一、依照第二条办理。", "二、甲。")
    rules = document(
        "第一条　甲。", "第二条　乙。", "附件1", "第一条　丙。", "第二条　依照第一条规定和第一条办理。"
    )
    library, other = Library.of([notice]), Library.of([rules])

    (bare,) = library.references(library.clauses_by_id["某某办法:b1"])
    within = other.references(other.clauses_by_id["某某办法:f1.t2"])

    assert bare.clause_id is None
    assert [reference.clause_id for reference in within] == ["某某办法:f1.t1", "某某办法:f1.t1"]


def test_of_several_texts_of_one_title_the_near_and_the_new_one_is_meant() -> None:
    """Another place's text does not answer for one's own; of two versions the newer one does."""
    text = "第一条　甲。\n第二条　本办法自{}年1月1日起施行。"
    versions = [
        Document("甲旧", "津贴办法", text.format(2010), jurisdiction="甲市"),
        Document("甲新", "津贴办法", text.format(2020), jurisdiction="甲市"),
        Document("乙", "津贴办法", text.format(2024), jurisdiction="乙市"),
        Document("报道", "津贴办法", "津贴发了。", genre=Genre.NEWS, jurisdiction="甲市"),
    ]
    own = Document("细则", "细则", "第一条　依照《津贴办法》第一条办理。", jurisdiction="甲市")
    library = Library.of([*versions, own])

    (found,) = library.references(library.clauses_by_id["细则:t1"])

    assert found.clause_id == "甲新:t1"


def test_a_link_leads_away_from_its_clause() -> None:
    """What is not held, and the clause itself, are no links; the words are the reference's own."""
    own = Document("办法", "救助办法", "第一条　依照《慈善法》第三条、《没有法》办理。\n前款不含丙。")
    library = Library.of([own, LAW])
    clause = library.clauses_by_id["办法:t1"]

    (link,) = links(library, clause, "https://policy.example")

    assert clause.text[link.start : link.end] == "《慈善法》第三条"
    assert (link.document_id, link.clause_id) == ("慈善法", "慈善法:t3")
    assert link.url == "https://policy.example/policy/%E6%85%88%E5%96%84%E6%B3%95#t3"


_WORDS = st.sampled_from(
    [
        *"第一三条款项前两、和至，。“”《》（）〇甲的\n",
        *("之一", "本办法", "本条", "该法", "慈善法", "（二）", "附件1", "规定", "以下简称", "修改为"),
    ]
)


@settings(max_examples=300)
@given(st.lists(_WORDS, max_size=40).map("".join))
def test_references_lie_in_the_text_and_lead_somewhere(words: str) -> None:
    """Whatever is written: spans are in order and apart, and every id is held."""
    library = Library.of([Document("办法", "救助办法", f"第一条　甲。\n第二条　{words}\n第三条　乙。"), LAW])

    for _, clause in library.clauses():
        at = 0
        for reference in library.references(clause):
            assert at <= reference.start < reference.end <= len(clause.text)
            at = reference.end
            assert reference.document_id is None or reference.document_id in library.by_id
            assert reference.clause_id is None or reference.clause_id in library.clauses_by_id
            assert reference.problem is None or reference.document_id is None


def test_where_every_chapter_begins_again_a_reference_stays_in_its_chapter() -> None:
    """第一条 is the one of the same chapter. From elsewhere nobody can tell which chapter is meant."""
    lines = ("第一章　甲", "第一条　甲。", "第二章　乙", "第一条　乙。", "第二条　依照前条和第一条、第九条。")
    rules = Document("制度", "学习制度", "\n".join(lines))
    other = Document("别的", "别的办法", "第一条　依照《学习制度》第一条。")
    library = Library.of([rules, other])

    own = library.clauses_by_id["制度:z2t2"]
    assert [shown(own.text, each) for each in library.references(own)] == [
        ("前条", "制度:z2t1", False),
        ("第一条", "制度:z2t1", False),
        ("第九条", None, True),
    ]
    clause = library.clauses_by_id["别的:t1"]
    assert [shown(clause.text, each)[1:] for each in library.references(clause)] == [(None, False)]
