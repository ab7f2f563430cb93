"""What denies or excepts in a sentence of law, and what only looks so."""

import pytest

from bot.search.meaning.polarity import denies


@pytest.mark.parametrize(
    ("sentence", "lead", "expected"),
    [
        ("不满十四周岁的人违反治安管理的,不予处罚", "", True),
        ("任何单位和个人不得侵占、挪用", "", True),
        ("申请时登记成立不满二年的除外;", "", True),
        ("由监护人承担责任;但是,监护人尽到监护职责的,可以减轻", "", True),
        ("被聘用下月起停发退役金,其待遇按照有关规定执行", "", True),
        ("(二)拒不接受劳动能力鉴定的;", "工伤职工有下列情形之一的,停止享受工伤保险待遇:", True),
        ("(二)醉酒或者吸毒的;", "有下列情形之一的,应当认定为工伤:", False),
        ("缓缴社会保险费期间,不影响其职工依法享受社会保险待遇。", "", True),
        ("不履行义务的,责令限期改正,处二千元罚款", "", False),  # what a person does
        ("不能按照约定提供服务的,应当及时告知", "", False),
        ("延长期限不得超过三十日", "", False),  # bounds a number
        ("对生活不能自理的老年人,应当承担照料责任", "", False),
        ("对处罚决定不服的,可以申请行政复议", "", False),
        ("应当认定为工伤", "", False),
    ],
)
def test_a_rule_denies_and_a_condition_does_not(sentence: str, lead: str, expected: bool) -> None:
    """What ends in 的 is for whom the rule holds; bounds of numbers are no denials."""
    assert denies(sentence, lead) is expected
