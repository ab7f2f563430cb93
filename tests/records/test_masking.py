"""Numbers of people are masked, other numbers are not."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.records.masking import MaskedText, check_letter, luhn_sum, mask
from bot.records.written_numbers import NumberKind

MASKED = [
    # phones
    ("13800138000", "手机号***"),  # as it is
    ("我的电话是19912345678，请回电", "我的电话是手机号***，请回电"),  # inside a sentence
    ("138 0013 8000", "手机号***"),  # as people write it
    ("138-0013-8000", "手机号***"),  # with hyphens
    ("1380-0138-000", "手机号***"),  # grouped otherwise
    ("138　0013　8000", "手机号***"),  # full-width blanks
    ("138–0013–8000", "手机号***"),  # en dashes, as a phone's keyboard makes them
    ("1 3 8 0 0 1 3 8 0 0 0", "手机号***"),  # digit by digit
    ("138\u200b0013\u200b8000", "手机号***"),  # blanks without width
    ("１３８００１３８０００", "手机号***"),  # full width
    ("＋８６１３８００１３８０００", "手机号***"),  # full width throughout
    ("+8613800138000", "手机号***"),  # with the country code
    ("+86 138 0013 8000", "手机号***"),  # with blanks behind it
    ("86-13800138000", "手机号***"),  # without plus
    ("0086 13800138000", "手机号***"),  # as it is dialled
    ("013800138000", "手机号***"),  # 0 as one once dialled before a mobile of another place
    ("微信wx13800138000", "微信wx手机号***"),  # letters before it
    ("13800138000万一打不通，元旦再打", "手机号***万一打不通，元旦再打"),  # 万 begins another word
    ("13800138000元旦能打吗", "手机号***元旦能打吗"),  # so may 元
    ("13800138000/13900139000", "手机号***/手机号***"),  # two
    ("13800138000 13900139000", "手机号*** 手机号***"),  # two with only a blank between
    ("12345 13800138000", "12345 手机号***"),  # behind another number
    ("139.1234.5678", "手机号***"),  # with dots
    ("139，1234，5678", "手机号***"),  # with commas
    ("139/1234/5678", "手机号***"),  # with strokes
    ("139_1234_5678", "手机号***"),  # with underscores
    ("139🙂1234🙂5678", "手机号***"),  # with what a phone offers
    ("（139）1234-5678", "手机号***"),  # in brackets
    ("(139)12345678", "手机号***"),  # without hyphen
    ("壹叁玖壹贰叁肆伍陆柒捌", "手机号***"),  # in a banker's digits
    ("①③⑨①②③④⑤⑥⑦⑧", "手机号***"),  # in circles
    ("一三九一二三四五六七八", "手机号***"),  # in Chinese digits
    ("幺三八 零零幺三 八〇〇〇", "手机号***"),  # as it is said on the telephone
    ("139一二三四5678", "手机号***"),  # half and half
    ("每月1500元，共13800138000元", "每月1500元，共手机号***元"),  # an amount of 11 digits has a comma or 亿
    ("13 912 345 678", "手机号***"),  # as a thumb does it
    ("139 12 34 56 78", "手机号***"),  # by twos
    ("1 391 234 5678", "手机号***"),  # the first digit alone
    ("139.123.45678", "手机号***"),  # with dots elsewhere
    # landlines
    ("我家电话0592-1234567", "我家电话座机号***"),  # with its area code
    ("（010）62345678，0755 2345 6789", "座机号***，座机号***"),  # in brackets; with blanks
    ("打05925054321找我", "打座机号***找我"),  # in one piece
    ("座机是5054321，电话号码：6234 5678", "座机是座机号***，电话号码：座机号***"),  # without
    # names in chats
    ("微信号abc123", "微信号微信号***"),
    ("微信号是zhangsan", "微信号是微信号***"),  # letters only
    ("加我微信 zhang-san88 或者vx: zs_1988", "加我微信 微信号*** 或者vx: 微信号***"),
    ("wxid_ab12cd34ef", "微信号***"),  # as the platform makes them
    ("QQ 12345678、qq号：1234567890", "QQ QQ号***、qq号：QQ号***"),
    ("扣扣群123456789", "扣扣群QQ号***"),
    # plates of cars
    ("闽D12345、闽D·A1234、闽 D 12345", "车牌号***、车牌号***、车牌号***"),
    ("粤BD12345和粤B12345D能换多少", "车牌号***和车牌号***能换多少"),  # electric
    ("沪A1234警", "车牌号***"),  # of the police
    # papers
    ("残疾人证35020319900307563242", "残疾人证证件号***"),  # with kind and grade
    ("残疾人证35020319900307563142B1", "残疾人证证件号***"),  # made anew
    ("社保卡号A12345678，医保卡350200123456", "社保卡号证件号***，医保卡证件号***"),
    # identity numbers
    ("11010519491231002X", "身份证号***"),  # the example of GB 11643
    ("11010519491231002x。", "身份证号***。"),  # with a small x
    ("１１０１０５１９４９１２３１００２Ｘ", "身份证号***"),  # full width
    ("110105 19491231 002X", "身份证号***"),  # in its three parts
    ("110105-1949-1231-002-X", "身份证号***"),  # in any parts: the check digit tells
    ("440524188001010014", "身份证号***"),  # the other example: a digit at the end
    ("身份证350203199003075632办低保", "身份证身份证号***办低保"),  # inside a sentence
    ("110105491231002", "身份证号***"),  # the old 15 digits
    ("110105194912310021", "证件号***"),  # a wrong check digit: mistyped, and still somebody's
    ("110105194913310025", "证件号***"),  # no such month
    ("91350200M000100Y43", "证件号***"),  # 18 letters and digits: of a business, which may be a person
    ("身份证号：3502031990030756，办低保", "身份证号：身份证号***，办低保"),  # two digits are missing
    ("身份证3502 0319 9003 0756 3", "身份证身份证号***"),  # one, in fours
    ("身份证35020319900307563212", "身份证身份证号***"),  # two digits too many
    ("110105.19491231.002X", "身份证号***"),  # with dots
    # bank cards
    ("4111111111111111", "银行卡号***"),  # 16 digits, Visa's example
    ("6222 0212 3456 7890 128", "银行卡号***"),  # 19 digits in fours
    ("6222-0212-3456-7894", "银行卡号***"),  # with hyphens
    ("6222021234567890129", "银行卡号***"),  # UnionPay's with a wrong check digit
    # e-mail and passports
    ("a.b @ qq.com", "邮箱***"),  # with blanks
    (
        "通行证C12345678、CA1234567、T12345678",
        "通行证护照号***、护照号***、护照号***",
    ),  # for and from Taiwan, too
    ("回乡证H1234567890", "回乡证护照号***"),  # with the number of the issue
    ("写信到 wang.wu_1@mail.example.com.cn，谢谢", "写信到 邮箱***，谢谢"),
    ("13800138000@qq.com", "邮箱***"),  # the number is a part of it
    ("a@b.cn", "邮箱***"),  # the shortest
    ("ｗａｎｇ＠ｑｑ．ｃｏｍ", "邮箱***"),  # full width
    ("wang＠qq。com", "邮箱***"),  # with the full stop of a Chinese keyboard
    ("wang（at）qq.com", "邮箱***"),  # as one hides it from programs
    ("护照E12345678和EA1234567", "护照护照号***和护照号***"),  # both series
    ("通行证H12345678", "通行证护照号***"),  # for Hong Kong
    ("卡号6222021234567890128手机13800138000", "卡号银行卡号***手机手机号***"),  # two kinds
]

KEPT = [
    "民发〔2024〕5号",  # a document number
    "国发〔2021〕14号、闽政〔2022〕123号",  # several
    "12345",  # the hotline
    "12348",  # legal aid
    "400-810-0000",  # a service line
    "4008100000、8008200000",  # in one piece
    "95588",  # a bank's
    "0592-12345、010-12345、0592-968180",  # hotlines behind an area code
    "电话12345、电话110、电话12356、电话是968180",  # short numbers
    "电话补贴1000000元",  # an amount
    "电话费2000000元、电话3000000元",  # right behind the word
    "QQ12345、qq 110",  # too short
    "微信支付、微信H5、微信小程序、微信公众号xmrs12333",  # no names of people
    "微信wechat怎么交社保",  # a word
    "新A证、闽A2024年、苏B123",  # no plates
    "居住证2024年5月13日、社保卡20240513",  # days behind papers
    "15-18 2024 100",  # a year among figures
    "18 60 2024 100",  # ages
    "look at it",  # no address
    "2024年5月13日至2025-12-31",  # dates
    "2024-05-13 2025-12-31",  # a pair of dates: 16 digits
    "2013-08-20 123",  # 11 digits, the second group begins like a mobile
    "20240513123456",  # a time stamp
    "13800138000.00元",  # with decimals
    "13,800,138,000",  # thousands
    "139.12345678",  # decimals
    "130.1234.5678.9012",  # four groups
    "一三五七九",  # too short
    "(2024)1234-5678",  # no mobile
    "150,2000;3000元",  # amounts
    "62亿1234万",  # an amount
    "二〇二四年五月一日至二〇二五年",  # days in Chinese
    "a@b",  # no address
    "GB11643",  # a standard
    "E1234567",  # too short for a passport
    "12800138000",  # no mobile begins so
    "1380013800",  # too short
    "138001380001",  # too long
    "9138001380001234567890",  # part of a longer number
    "110105491331002",  # no such month either
    "190105491231002",  # no such province
    "4111111111111112",  # a wrong check digit
    "1111111111111117",  # no card begins so
    "2024 2025 2026 2027",  # years
    "41 11 11 11 11 11 11 11",  # nobody groups a card so
    "4111 11 11 1111 1111",  # nor so, even if the first group has four digits
    "",  # nothing
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_numbers_of_people_are_masked(text: str, masked: str) -> None:
    """However they are written."""
    assert mask(text).text == masked


@pytest.mark.parametrize("text", KEPT)
def test_other_numbers_stay(text: str) -> None:
    """A question about policies is full of them."""
    assert mask(text) == MaskedText(text)


def test_the_kinds_are_told_once_each_in_order() -> None:
    """So that the asker can be told what was masked."""
    text = "13800138000，4111111111111111，13900139000"

    assert mask(text).kinds == (NumberKind.PHONE, NumberKind.CARD)


gaps = st.sampled_from(["", " ", "-", "　", "－"])
around = st.sampled_from(["", "电话", "，", "12345 ", "号：", "\n"])
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
days = st.dates().filter(lambda day: 1800 <= day.year < 2100)


@given(number=mobiles, gap=gaps, before=around, after=st.sampled_from(["", "。", " 12345", "谢谢"]))
def test_every_mobile_is_masked(number: str, gap: str, before: str, after: str) -> None:
    """Whatever stands around it."""
    written = gap.join([number[:3], number[3:7], number[7:]])

    assert mask(before + written + after) == MaskedText(f"{before}手机号***{after}", (NumberKind.PHONE,))


@given(region=st.from_regex(r"[1-9][0-9]{5}", fullmatch=True), day=days, order=st.integers(0, 999))
def test_every_identity_number_is_masked(region: str, day: object, order: int) -> None:
    """Whatever the region, the day and the order."""
    digits = f"{region}{str(day).replace('-', '')}{order:03}"

    assert mask(f"证{digits}{check_letter(digits)}") == MaskedText("证身份证号***", (NumberKind.IDENTITY,))


@given(st.from_regex(r"6[0-9]{14,17}", fullmatch=True))
def test_every_card_is_masked(digits: str) -> None:
    """Of every length, in one piece and in fours."""
    number = digits + str(-luhn_sum(digits + "0") % 10)
    fours = " ".join(number[place : place + 4] for place in range(0, len(number), 4))

    for written in (number, fours):
        assert mask(written).text in ("银行卡号***", "身份证号***")


innocent = st.one_of(
    st.sampled_from(["12345", "110", "119", "120", "12356", "12333", "12348", "12355", "95588", "968180"]),
    st.integers(1900, 2100).map("{}年".format),
    st.integers(0, 99_999_999).map("{}元".format),
    st.decimals(0, 99_999, places=2).map("{}万元".format),
    st.dates().map(str),
    st.integers(0, 100).map("{}%".format),
    st.integers(1, 120).map("{}岁".format),
    st.builds(
        "{}〔{}〕{}号".format, st.sampled_from("闽厦沪京"), st.integers(1990, 2030), st.integers(1, 9999)
    ),
    st.builds("第{}条第{}款".format, st.integers(1, 200), st.integers(1, 9)),
)
said_before = [
    "",
    "电话",
    "打",
    "社保卡",
    "微信",
    "QQ",
    "qq",
    "居住证",
    "在闽",
    "每月",
    "座机是",
    "请问 ",
    "（",
    "身份证办了",
]


# six digits behind QQ are a number there, whoever else has them
pieces_said = st.tuples(st.sampled_from(said_before), innocent).filter(
    lambda piece: piece[0].lower() != "qq" or piece[1] != "968180"
)


@given(st.lists(pieces_said, min_size=1, max_size=6))
def test_what_questions_are_full_of_is_never_masked(pieces: list[tuple[str, str]]) -> None:
    """Hotlines, years, amounts, days, ages, numbers of documents: behind whatever word, beside each other."""
    text = "，".join(f"{before}{number}" for before, number in pieces)

    assert mask(text) == MaskedText(text)


@given(st.text(alphabet="0123456789１３８ -Xx+元.,@aE年〔〕号*一三身份证微信闽Dqq:电话卡", max_size=80))
def test_masking_is_done_at_once(text: str) -> None:
    """What is masked once stays as it is; what is not masked is not touched."""
    masked = mask(text)

    assert mask(masked.text) == MaskedText(masked.text)
    assert bool(masked.kinds) == (masked.text != text)


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "1",
        "138-",
        "6222 ",
        "13800138000 ",
        "+86 ",
        "110105 1949 ",
        "1   ",
        "a",
        "a.",
        "a@",
        "a@a.",
        "身份证1 ",
        "一",
        "电话号",
        "微信号a",
        "卡号1",
        "闽D1",
        "qq1",
        "(0592)",
        "a at ",
    ],
)
def test_hostile_texts_take_linear_time(piece: str) -> None:
    """Ten times the text takes about ten times as long, not a hundred times.

    In one of three tries, for other tests use the same processor.
    """

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        started = process_time()
        mask(text)
        return process_time() - started

    assert any(seconds(100_000) < max(1.0, 40 * seconds(10_000)) for _ in range(3))
