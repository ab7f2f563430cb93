"""Whether a sentence of law denies or excepts, phrase by phrase.

A phrase that ends in 的 says for whom a rule holds, and its 不 is of a person: 不履行义务的, 拒绝治疗的. What
follows is the rule, and only there does a 不 deny: 不满十四周岁的, 不予处罚. An item of a list is denied by
the words that lead in to it. A single pattern over the whole sentence took conditions for denials.
"""

import re

_PHRASE = re.compile(r"[,，;；。:：\n]")

_BOUNDS = "少于|低于|超过|高于|多于|早于|迟于|晚于|逾"
_OF_PERSONS = (
    "自理|独立|辨认|控制|亲自|按时|当场|正常|完全|按照|清偿|提供|确定|履行|适应|入学|预见|反映|及时|满足|参加"
    "|出示"
)
_VERBS = (
    "属于|计入|列入|纳入|视为|视同|认定|作为|适用|享受|享有|支付|发给|承担|负|执行|受(?!理)|需|收取|征|影响|包括"
    "|承认|具有|追究|处罚|停止|中断|必|参与|公开|要求|允许|给予|批准|登记|评估|另行|安排|作"
)
_DENIES = re.compile(
    rf"不得(?!{_BOUNDS})|不予|不再|不准|不许|不应(?!有)|不可以|不能(?!{_OF_PERSONS})|不(?:{_VERBS})"
    "|无权|无须|无需|免[予除征缴于交]|严禁|禁止|停止(?!违法)|停发|取消|终止|中止|撤销|从轻|减轻(?!家)|暂缓|缓期"
)
"""What denies in the phrase of a rule. A bound of a number (不得超过) or what a person cannot do does not."""

_EXCEPTS = re.compile("除外|但是|但(?=[有对未其经因])")
"""What excepts wherever it stands."""


def denies(sentence: str, lead: str = "") -> bool:
    """Whether a folded sentence denies or excepts, by itself or by the words that lead in to it.

    >>> denies("不满十四周岁的人违反治安管理的,不予处罚"), denies("不履行义务的,处五百元罚款")
    (True, False)
    >>> denies("(三)拒绝治疗的。", lead="有下列情形之一的,停止享受工伤保险待遇:")
    True
    """
    if _EXCEPTS.search(sentence):
        return True
    phrases = (*_PHRASE.split(sentence), *_PHRASE.split(lead))
    return any(_DENIES.search(phrase) for phrase in phrases if not phrase.rstrip().endswith("的"))
