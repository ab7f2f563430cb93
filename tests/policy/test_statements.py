"""When a document takes effect and runs out, as its own text says."""

from datetime import date

import pytest

from bot.policy.document import Document, Genre
from bot.policy.force.statements import Statements, read_statements
from bot.policy.splitting.split import split


def stated(text: str, **known: date | Genre) -> Statements:
    """What a text of paragraphs states, each of them a line."""
    document = Document("某", "某某办法", text, **known)  # type: ignore[arg-type]
    return read_statements(document, split(document))


PUBLISHED, SIGNED = date(2024, 6, 12), date(2024, 6, 1)

EFFECTIVE = [
    # closing, first day
    ("第二条　本办法自2021年7月1日起施行。", date(2021, 7, 1)),
    ("第二条 本规定自二○○四年十月一日起施行。", date(2004, 10, 1)),
    ("第二条本法自２０１３年５月１日起施行。", date(2013, 5, 1)),
    ("第二条　本实施细则从2010 年 1 月 1 日起施行", date(2010, 1, 1)),
    ("第二条　本条例（试行）于2010年1月起执行。", date(2010, 1, 1)),
    ("第二条　本规定由民政部门负责解释，自2022年1月1日起施行。", date(2022, 1, 1)),
    ("第二条　本规定由民政部门负责解释。自2022年1月1日起施行。", date(2022, 1, 1)),
    ("本通知自2024年1月1日起执行，有效期至2025年12月31日。", date(2024, 1, 1)),
    ("第二条　本办法自公布之日起施行。", PUBLISHED),
    ("第二条　本办法自印发之日起30日后施行。", date(2024, 7, 12)),
    # said of another text, of a part of this one, of people, in a quote
    ("第二条　自2010年1月1日起施行的《某某规定》与本办法不一致的，以本办法为准。", None),
    ("第二条　本办法第三条自2010年1月1日起施行。", None),
    ("第二条　本办法施行前已经退役的，自2010年1月1日起执行新标准。", None),
    ("第二条　将附则修改为：“本办法自2010年1月1日起施行。”", None),
    ("第二条　本市自2010年1月1日起实施的补贴照发。", None),
    # of a reform that the text speaks of
    ("三、自2025年1月1日起全面实施。", None),
    ("（二）从2025年7月1日起，全面实施。", None),
    # no such day
    ("第二条　本办法自2023年2月30日起施行。", None),
]


@pytest.mark.parametrize(("closing", "first_day"), EFFECTIVE)
def test_the_first_day_is_read_from_the_closing(closing: str, first_day: date | None) -> None:
    """Only where the text speaks of itself; with the clause that says so."""
    effective = stated(f"第一条　甲。\n{closing}", published_on=PUBLISHED).effective

    assert (effective.day if effective else None) == first_day
    assert effective is None or effective.clause_id in ("某:t1", "某:t2")


GENRE_WORDS = (
    "法典 法 条例 办法 规定 细则 规则 解释 意见 通知 公告 通告 决定 方案 标准 规范 制度 章程 规程 规划 纲要"
    " 计划 指引 指南 准则 措施 政策 安排 批复 目录 导则 公约"
    " 实施细则 暂行办法 试行办法 管理办法 指导意见 若干措施 工作方案 行动计划 实施管理办法"
)
"""文种 of 党政机关公文处理工作条例 art. 8 and 规章制定程序条例 art. 7, and how texts qualify them."""


@pytest.mark.parametrize("own_name", GENRE_WORDS.split())
def test_a_text_may_be_of_any_genre(own_name: str) -> None:
    """Both days are read where it calls itself 本意见, 本规划 and so on."""
    stated_days = stated(f"第一条　甲。\n第二条　本{own_name}自2021年7月1日起施行。本{own_name}有效期5年。")

    assert [each and each.day for each in (stated_days.effective, stated_days.expires)] == [
        date(2021, 7, 1),
        date(2026, 6, 30),
    ]


BEGINS = [
    # every verb, and what may stand before it
    *[
        f"自2021年7月1日起{verb}"
        for verb in ("施行", "实施", "执行", "生效", "试行", "正式施行", "全面实施", "开始执行")
    ],
    *[f"{word}2021年7月1日起施行" for word in ("自", "从", "于")],
    # every word for issuing, with the day from the front matter
    *[f"自{verb}之日起施行" for verb in ("公布", "发布", "印发", "颁布", "下发", "发文", "签发", "修订公布")],
    # an end in the same breath
    *["自2021年7月1日起至2023年6月30日止", "自2021年7月1日之日起施行，至2023年6月30日止"],
]


@pytest.mark.parametrize("words", BEGINS)
def test_a_beginning_is_told_in_many_words(words: str) -> None:
    """All of them are found in texts that are in force."""
    effective = stated(f"第一条　甲。\n第二条　本办法{words}。", published_on=date(2021, 7, 1)).effective

    assert effective is not None
    assert effective.day == date(2021, 7, 1)


def test_a_sentence_far_from_the_end_states_nothing() -> None:
    """It tells when a benefit begins, not when the text does; under a heading 附则 it counts anywhere."""
    articles = [f"第{n}条　甲。" for n in "二三四五六七八九十"]
    sentence = "第一条　本办法自2021年7月1日起施行。"

    assert stated("\n".join([sentence, *articles])).effective is None
    assert stated("\n".join(["第一章　附　则", sentence, *articles])).effective is not None


ISSUED = [
    # masthead, known days, first day of a text that begins 自公布之日
    ("（2021年6月11日民政部令第68号公布）", {}, date(2021, 6, 11)),
    ("（1999年5月12日国务院批准 1999年5月25日民政部令第14号发布）", {}, date(1999, 5, 25)),
    ("（1998年10月25日国务院令第250号发布 根据2016年2月6日《某决定》修订）", {}, date(1998, 10, 25)),
    ("（2006年8月23日最高人民法院公告公布 2006年9月8日施行）", {}, date(2006, 9, 8)),
    # the day of a vote is not that of publication, and other texts' days are not this one's
    ("（2021年6月11日某会议通过）", {}, None),
    ("根据《某某条例》（2021年6月11日公布），制定本办法。", {}, None),
    # the front matter knows better than the masthead
    ("（2021年6月11日公布）", {"signed_on": SIGNED}, SIGNED),
    ("（2021年6月11日公布）", {"signed_on": SIGNED, "published_on": PUBLISHED}, PUBLISHED),
]


@pytest.mark.parametrize(("masthead", "known", "first_day"), ISSUED)
def test_a_text_that_begins_when_it_is_issued(
    masthead: str, known: dict[str, date], first_day: date | None
) -> None:
    """The day is the front matter's, else the masthead's, else unknown."""
    effective = stated(f"某某办法\n{masthead}\n第一条　本办法自公布之日起施行。", **known).effective

    assert (effective.day if effective else None) == first_day


EXPIRES = [
    # closing, last day
    ("第二条　本办法自2024年7月1日起施行，有效期5年。", date(2029, 6, 30)),
    ("第二条　本办法自2024年7月1日起施行。有效期为五年。", date(2029, 6, 30)),
    ("第二条　本办法自2024年2月29日起施行，试行期两年。", date(2026, 2, 27)),
    ("第二条　本办法自2024年7月1日起施行，有效期至2025年12月31日。", date(2025, 12, 31)),
    ("第二条　本办法自2024年7月1日起施行，有效期至2025年底。", date(2025, 12, 31)),
    ("第二条　本办法自2024年7月1日起施行，至2025年12月31日止。", date(2025, 12, 31)),
    ("第二条　本办法有效期自2024年7月1日起至2025年6月30日止。", date(2025, 6, 30)),
    ("第二条　本办法自2024年7月1日起施行，2026年1月1日起自行失效。", date(2025, 12, 31)),
    ("第二条　本办法自2024年7月1日起施行，2026年1月1日自动失效。", date(2026, 1, 1)),
    ("第二条　本办法自2024年7月1日起施行，自2026年1月1日起废止。", date(2025, 12, 31)),
    ("第二条　本办法自2024年7月1日起施行，有效期暂定为3年。", date(2027, 6, 30)),
    *[
        (f"第二条　本办法自2024年7月1日起施行，{term}2年。", date(2026, 6, 30))
        for term in ("有效期限", "施行期", "试行期限为", "实施期", "执行期是", "（有效期", "、有效期")
    ],
    *[
        (f"第二条　本办法自2024年7月1日起{verb}有效期2年。", date(2026, 6, 30))
        for verb in ("施行，", "施行 ", "实施 ", "执行 ", "生效 ")
    ],
    *[
        (f"第二条　本办法自2024年7月1日起施行，至2025年12月31日{ends}。", date(2025, 12, 31))
        for ends in ("止", "期满", "废止", "失效")
    ],
    ("第二条　本办法自2024年7月1日起施行，有效期99年。", date(2123, 6, 30)),
    ("第二条　本办法自2024年7月1日起施行，有效期一百年。", None),
    # a term without its first day; terms of certificates, not of the text
    ("第二条　本办法有效期5年。", None),
    ("第二条　登记证书副本的有效期为4年。", None),
    ("第二条　人身安全保护令的有效期不超过六个月，自作出之日起生效。", None),
    ("第二条　本办法自2024年7月1日起施行，有效期〇年。", None),
]


@pytest.mark.parametrize(("closing", "last_day"), EXPIRES)
def test_the_last_day_is_read_from_the_closing(closing: str, last_day: date | None) -> None:
    """A term of years counts from the first day; the last day is still one in force."""
    expires = stated(f"第一条　甲。\n{closing}").expires

    assert (expires.day if expires else None) == last_day


def test_a_term_counts_from_the_front_matters_first_day() -> None:
    """Where both state one, the front matter's prevails."""
    closing = "第一条　本办法自2024年7月1日起施行，有效期1年。"
    expires = stated(closing, effective_on=date(2024, 8, 1)).expires

    assert expires is not None
    assert expires.day == date(2025, 7, 31)


def test_news_states_nothing() -> None:
    """It reports on a text; its days are not its own."""
    assert stated("本办法自2021年7月1日起施行。", genre=Genre.NEWS) == Statements()
