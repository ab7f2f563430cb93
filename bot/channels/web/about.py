"""The pages about the service: what it holds, what it cannot do, what it keeps, how answers are chosen."""

from flask import Blueprint, render_template

from bot.answering.question import DEFAULT_PASSAGES, LONGEST_QUESTION
from bot.channels.desk import CONVERSATION_LIFE, Desk
from bot.channels.web.kept_page import PAGE_LIFE
from bot.records.written_numbers import NumberKind

TOLD = {
    "about": "关于本站",
    "privacy": "隐私",
    "accessibility": "无障碍",
    "algorithm": "算法说明",
}
"""The pages, in the order in which the footer names them."""


def add_about(pages: Blueprint, desk: Desk) -> None:
    """The pages of `TOLD`. All figures in them are read from the running service."""
    for name, title in TOLD.items():
        _add(pages, desk, name, title)


def _add(pages: Blueprint, desk: Desk, name: str, title: str) -> None:
    @pages.get(f"/{name}", endpoint=name)
    def told() -> str:
        settings, library = desk.settings, desk.answerer().basis.library
        return render_template(
            f"{name}.html",
            title=title,
            documents=len(library.holdings),
            clauses=len(library.clauses_by_id),
            retention_days=settings.retention_days,
            page_minutes=PAGE_LIFE.seconds // 60,
            conversation_minutes=CONVERSATION_LIFE.seconds // 60,
            masked="、".join(NumberKind),
            has_chat=bool(settings.wechat_token or settings.wecom_token),
            has_model=settings.embedding_model_dir is not None,
            embeds=bool(settings.embedding_base_url and settings.embedding_model),
            longest_question=LONGEST_QUESTION,
            passages=DEFAULT_PASSAGES,
        )
