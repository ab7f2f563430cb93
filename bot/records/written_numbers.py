"""The kinds of personal numbers, and patterns for those that are known by the way they are written.

Chat names have no check digit: they are recognised by the word before them. Public numbers are not masked:
hotlines, short numbers and numbers that begin with 400 or 800.
"""

import re
from enum import StrEnum


class NumberKind(StrEnum):
    """The kinds of personal numbers; the value is the name that residents read.

    If a number could be two of the first three kinds, the first one counts.
    """

    IDENTITY = "身份证号"
    PHONE = "手机号"
    CARD = "银行卡号"
    EMAIL = "邮箱"
    PASSPORT = "护照号"
    CODE = "证件号"
    LANDLINE = "座机号"
    WECHAT = "微信号"
    QQ = "QQ号"
    PLATE = "车牌号"


EMAIL = re.compile(
    r"(?<![0-9A-Za-z._%+-])[0-9A-Za-z._%+-]{1,64} ?(?:@|\(at\)|\[at\]| at ) ?"
    r"(?:[0-9A-Za-z-]{1,63}[.。]){1,8}(?:(?<=\.)[A-Za-z]{2,24}|(?:com|cn|net|org))(?![0-9A-Za-z])",
    re.IGNORECASE,
)
"""The Chinese full stop counts as a dot before the commonest endings."""

_IS = r"(?: ?(?:号码|[号是为加叫:,])){0,4}[ \"“「(]{0,2}"
"""What may stand between the word for a number and the number itself: 号码是："""

_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新使领"
"""The first characters of licence plates. Source: GA 36."""

PATTERNS = (
    # however many digits somebody types behind the word
    (NumberKind.IDENTITY, re.compile(r"身份证[^0-9*\n]{0,8}([0-9](?:[ -]{0,2}[0-9]){11,19}[Xx]?)(?![0-9])")),
    # disability certificates: the identity number, kind and grade of disability, number of the reissue
    (
        NumberKind.CODE,
        re.compile(
            r"(?<![0-9A-Za-z])([1-9][0-9]{5}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9Xx][1-7][1-4](?:[Bb][0-9]{1,2})?)"
            r"(?![0-9A-Za-z])"
        ),
    ),
    # a bank card with a wrong digit: UnionPay's begin with 62
    (NumberKind.CARD, re.compile(r"(?<![0-9A-Za-z])(62(?:[ -]?[0-9]){14,17})(?![0-9])")),
    # with dots, commas, brackets or anything else that is no letter: 139.1234.5678, (139)1234-5678
    (
        NumberKind.PHONE,
        re.compile(
            r"(?<![0-9.,])(1[3-9][0-9](\W{1,3}|_)(?:[0-9]{4}\2[0-9]{4}|[0-9]{3}\2[0-9]{5}|[0-9]{5}\2[0-9]{3}))"
            r"(?![0-9]|\2[0-9])"
        ),
    ),
    (NumberKind.PHONE, re.compile(r"(?<![0-9])(\(1[3-9][0-9]\)[ -]?[0-9]{4}[ -]?[0-9]{4})(?![0-9])")),
    # landlines with an area code
    (
        NumberKind.LANDLINE,
        re.compile(
            r"(?<![0-9.-])(\(?0(?:10|2[0-9]|[3-9][0-9]{2})\)?[ \u2010-\u2015-]{0,2}"
            r"(?:(?<=[^0-9])[1-9]|(?<=[0-9])[2-8])[0-9]{2,3}[ \u2010-\u2015-]?[0-9]{4})(?![0-9元圆.])"
        ),
    ),
    # landlines without an area code, after a word
    (
        NumberKind.LANDLINE,
        re.compile(rf"(?:电话|座机|固话){_IS}([2-8][0-9]{{2,3}}[ -]?[0-9]{{4}})(?![0-9元圆年.-])"),
    ),
    # 110105.19491231.002X
    (
        NumberKind.IDENTITY,
        re.compile(r"(?<![0-9.,])([1-9][0-9]{5}([.,·、])(?:18|19|20)[0-9]{6}\2[0-9]{3}[0-9Xx])(?![0-9])"),
    ),
    # GB 11643 with a wrong digit, and codes of the same length such as GB 32100's
    (NumberKind.CODE, re.compile(r"(?<![0-9A-Za-z])([0-9A-Za-z]{2}[0-9]{6}[0-9A-Za-z]{10})(?![0-9A-Za-z])")),
    # passports and permits for Hong Kong, Macau and Taiwan; those of residents from there have ten digits
    (
        NumberKind.PASSPORT,
        re.compile(
            r"(?<![0-9A-Za-z])([C-EGHLMPSTc-eghlmpst][0-9]{8}|[HMhm][0-9]{10}|[CEce][A-Za-z][0-9]{7})"
            r"(?![0-9A-Za-z])"
        ),
    ),
    # other papers, after their name; a date has at most eight digits
    (NumberKind.CODE, re.compile(rf"(?:[卡证照]|户口簿){_IS}([A-Za-z]?[0-9]{{9,20}})(?![0-9A-Za-z年月.])")),
    (NumberKind.CODE, re.compile(rf"[社医]保卡{_IS}([A-Za-z][0-9]{{8}})(?![0-9A-Za-z])")),
    # chat names: six to twenty characters, the first a letter; without the word 号 not letters alone
    (NumberKind.WECHAT, re.compile(r"(?<![0-9A-Za-z])(wxid_[0-9a-z]{6,32})(?![0-9A-Za-z])", re.IGNORECASE)),
    (
        NumberKind.WECHAT,
        re.compile(
            rf"(?:微信号|[vV]信号|(?<![A-Za-z])(?:vx|wx|VX|WX)号?){_IS}([A-Za-z][0-9A-Za-z_-]{{5,19}})(?![0-9A-Za-z_-])"
        ),
    ),
    (
        NumberKind.WECHAT,
        re.compile(
            rf"(?:[微威薇vV]信|weixin){_IS}((?=[A-Za-z_-]*[0-9_])[A-Za-z][0-9A-Za-z_-]{{5,19}})(?![0-9A-Za-z_-])"
        ),
    ),
    (NumberKind.QQ, re.compile(rf"(?:(?<![A-Za-z])[Qq][Qq]|扣扣)群?{_IS}([1-9][0-9]{{5,10}})(?![0-9元年])")),
    # licence plates (GA 36): five characters after the prefix, six for electric cars
    (
        NumberKind.PLATE,
        re.compile(
            rf"([{_PROVINCES}] ?[A-HJ-NP-Z][ ·•.-]{{0,2}}(?=[A-Z]{{0,3}}[0-9])"
            r"(?:[DF][0-9A-HJ-NP-Z][0-9]{4}|[0-9]{5}[DF]|[0-9A-HJ-NP-Z]{4}[0-9A-HJ-NP-Z挂学警港澳使领]))(?![0-9A-Za-z])",
            re.IGNORECASE,
        ),
    ),
)
"""The first group of each pattern is masked."""
