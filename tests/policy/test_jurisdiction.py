"""Divisions of the country are found by their full, short and old names and by their codes."""

import pytest

from bot.content.table import PLACES
from bot.policy.jurisdiction import COUNTRY, Gazetteer, Jurisdiction
from tests.conftest import KNOWLEDGE

EASTERN = Jurisdiction(("东川省", "青石市", "临江区"))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The shipped names, and an invented province that documents name."""
    return PLACES.load(KNOWLEDGE).value.gazetteer([EASTERN])


@pytest.mark.parametrize(
    ("name", "divisions"),
    [
        ("全国", ["全国"]),
        ("福建省厦门市", ["福建省厦门市"]),  # full
        ("厦门市", ["福建省厦门市"]),
        ("厦门", ["福建省厦门市"]),  # short
        (" 厦门 ", ["福建省厦门市"]),  # blanks around it
        ("福建厦门", ["福建省厦门市"]),  # short, below a short one
        ("内蒙古", ["内蒙古自治区"]),
        ("襄樊", ["湖北省襄阳市"]),  # old
        ("沪", ["上海市"]),  # one character
        ("延边", ["吉林省延边朝鲜族自治州"]),  # nobody says the whole
        ("350200", ["福建省厦门市"]),  # code
        ("350203", ["福建省厦门市思明区"]),
        ("110000", ["北京市"]),
        ("999999", []),  # no such code
        ("思明区", ["福建省厦门市思明区"]),
        ("南京鼓楼区", ["江苏省南京市鼓楼区"]),  # nested: one of four
        ("安康", ["陕西省安康市"]),  # an ordinary word, but here nothing else is said
        ("东川省青石市", ["东川省青石市"]),  # a document names it
        ("福建省厦门市火星区", ["福建省厦门市火星区"]),  # a district that the table does not know yet
        ("火星市", []),  # unknown
        ("", ["全国"]),
    ],
)
def test_a_name_means_these_divisions(gazetteer: Gazetteer, name: str, divisions: list[str]) -> None:
    """Empty for what nobody knows."""
    assert sorted(map(str, gazetteer.named(name))) == sorted(divisions)


@pytest.mark.parametrize(
    ("name", "known"),
    [("鼓楼区", 4), ("朝阳", 2), ("吉林", 2)],  # districts of four cities; a city and its county; a province
)
def test_an_ambiguous_name_has_all_its_candidates(gazetteer: Gazetteer, name: str, known: int) -> None:
    """Whoever asks must choose."""
    assert len(gazetteer.named(name)) == known


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("厦门的低保", [("厦门", "福建省厦门市")]),
        ("福建厦门的低保", [("福建厦门", "福建省厦门市")]),  # one place, not two
        ("我在沪打工", [("沪", "上海市")]),
        ("户口在江西，住厦门", [("江西", "江西省"), ("厦门", "福建省厦门市")]),
        ("苏北的村里", [("苏北", "江苏省")]),  # a stretch of a province
        ("青石低保", [("青石", "东川省青石市")]),  # known from documents
        ("申请低保", []),  # 申 is Shanghai elsewhere
        ("公安机关会同民政部门", []),  # 公安, 会同: counties, and words
        ("资源共享，合作共赢，共和国", []),
        ("一家人幸福安康", []),
        ("安康市低保", [("安康市", "陕西省安康市")]),  # written in full
        ("住在城区", []),  # three cities have a district of that name
        ("京东的快递员", []),
        ("中华人民共和国社会保险法", []),
        ("", []),
    ],
)
def test_places_are_found_in_texts(gazetteer: Gazetteer, text: str, names: list[tuple[str, str]]) -> None:
    """A place is the longest name at its offset, and no part of an ordinary word."""
    found = [(text[name.start : name.end], str(name.candidates[0])) for name in gazetteer.names_in(text)]

    assert found == names


@pytest.mark.parametrize(
    ("rule", "place", "covers"),
    [
        (COUNTRY, EASTERN, True),
        (Jurisdiction(("东川省",)), EASTERN, True),
        (EASTERN, EASTERN, True),
        (EASTERN, Jurisdiction(("东川省",)), False),  # a district's rule is not the province's
        (Jurisdiction(("东川省", "白河县")), EASTERN, False),
    ],
)
def test_a_rule_applies_in_its_place_and_below(rule: Jurisdiction, place: Jurisdiction, covers: bool) -> None:
    """National rules apply everywhere."""
    assert rule.covers(place) is covers


def test_documents_may_name_what_the_table_lacks(gazetteer: Gazetteer) -> None:
    """The divisions are read from the words alone."""
    assert gazetteer.read("福建省厦门市").path == ("福建省", "厦门市")
    assert gazetteer.read("火星省奥林匹斯市").path == ("火星省", "奥林匹斯市")
