"""What a document is about, in few words: its title without the words that every title has."""

import re

_ABOUT = re.compile(r"^.*?关于(?=.)")
_INTENTION = re.compile(
    r"^(?:进一步|深入|全面|切实|扎实|积极|大力|做好|加强|加快|健全|完善|建立|推进|推行|推动|改进|改革|促进|规范|构建|探索"
    r"|开展|印发|公布|调整|培育|发展|实施|新时代|若干|重大|有关|和|与|《|\d{4}年)+"
)
_STATE = re.compile(r"^(?:中华人民共和国|中共中央|国务院办公厅|国务院)+")
_GENRE = re.compile(
    r"(?:（?(?:试行|暂行|修订|修正)）?|实施|管理|若干|有关|事项|的|工作|制度|专项|行动|中长期|指导"
    r"|基本|条例|办法|规定|细则|规则|意见|通知|公告|决定|方案|规划|纲要|标准|批复|法|[（(].*[）)]|\d{4}(?:[-—]\d{4})?年?)+》?$"
)
_SHORTEST = 2


def subject_of(title: str) -> str:
    """The subject that a title names; the whole title where nothing else is in it.

    >>> subject_of("中华人民共和国老年人权益保障法"), subject_of("社会救助暂行办法")
    ('老年人权益保障', '社会救助')
    >>> subject_of("国务院关于建立残疾儿童康复救助制度的意见")
    '残疾儿童康复救助'
    """
    subject = _STATE.sub("", _ABOUT.sub("", title))
    for pattern in (_INTENTION, _STATE, _GENRE):
        shorter = pattern.sub("", subject)
        if len(shorter) >= _SHORTEST:
            subject = shorter
    return subject.strip("《》 ")
