"""Documents that show everything a page of a document can have."""

from datetime import date

from bot.policy.document import Document, Genre

RULES = Document(
    "津贴办法",
    "青石市高龄津贴发放办法",
    "青石市高龄津贴发放办法\n青民发〔2025〕12号\n第一章 总则\n第一条 为了保障老年人，制定本办法。\n"
    "第二条 本办法由民政局解释。\n第二章 标准\n第一节 金额\n第三条 每月按下表发放：\n"
    "| 年龄 | 金额 | 备注 |\n|---|---|---|\n"
    "| 80至89周岁 | 100 | 按月发放，另发生日慰问金 |\n| 依照第二条 | 800 | |\n第二节 申请\n"
    "第四条 申请人应当依照第三条提交下列材料：\n（一）居民身份证；\n（二）户口簿；\n（三）银行账户。\n"
    "第三章 附则\n第五条 本办法自2025年4月1日起施行，有效期5年。《老津贴办法》同时废止。\n"
    "青石市民政局\n2025年3月1日\n附件1\n办理地点\n"
    "| 街道 | 地址 |\n|---|---|\n"
    + "\n".join(f"| {street}街道 | {street}路1号，{'近菜场' * 12} |" for street in "甲乙丙丁戊己庚辛壬癸"),
    issuers=("青石市民政局", "青石市财政局"),
    document_number="青民发〔2025〕12号",
    genre=Genre.MEASURES,
    jurisdiction="福建省青石市",
    audience=("老年人",),
    signed_on=date(2025, 3, 1),
    published_on=date(2025, 3, 8),
    contact="0590-1234567",
    source="青石市人民政府网站",
    source_url="https://www.qingshi.example.cn/zhengce/2025/03/gaoling-jintie-fafang-banfa.html",
)
"""Chapters, sections, articles, items, references, tables, a signature, an annex."""

OLD = Document(
    "老办法",
    "老津贴办法",
    "\n".join(f"第{number}条 每月按照第{number + 1}条发放{number}0元。" for number in range(1, 31)),
    genre=Genre.MEASURES,
    effective_on=date(2010, 1, 1),
)
"""Articles without headings; replaced by RULES."""

NEWS = Document(
    "报道",
    "“五社联动”见成效",
    "记者从民政局获悉，五社联动已经铺开。\n下一步将扩大范围。",
    genre=Genre.NEWS,
    reports_on="五社联动方案",
    jurisdiction="福建省",
)

HOSTILE = Document(
    "怪文件",
    "<script>alert('标题')</script>津贴办法",
    "第一章 <i onclick=alert(1)>总则</i>\n"
    '第一条 津贴"><img src=x onerror=alert(1)>每月</div></section>一百元&amp;。\n'
    "第二条 见《<b>别的</b>办法》。\n| <svg onload=alert(1)> | {{ 7 * 7 }} |\n"
    "</script><script>alert(2)</script>",
    issuers=("<b>民政局</b>",),
    document_number="</title><script>alert(3)</script>",
    genre=Genre.MEASURES,
    jurisdiction="<a href=//example.org>某市</a>",
    contact='"><script>alert(4)</script>',
    source="<img src=//example.org/pixel>",
)
"""Every field tries to be markup."""

MANY = [Document(f"通知{number}", f"关于第{number}件事的通知", "一、照办。") for number in range(40)]

READ = [RULES, OLD, NEWS, HOSTILE, *MANY]
