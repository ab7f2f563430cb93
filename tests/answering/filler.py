"""A document that has nothing to do with any question: words are rare only in a library of some size."""

from bot.policy.document import Document

_LINE = "第{n}条　本规定适用于第{n}类事项的登记、备案、公告和档案管理，由主管部门负责解释和监督。"

FILLER = Document("杂", "杂项规定", "\n".join(_LINE.format(n=n) for n in range(1, 60)))
