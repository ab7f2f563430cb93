"""A newspaper page → its articles. Doubts that no program can settle are flagged for a person.

Headlines may follow the bodies, and the lead of one article may stand before another one: the order on a page
is that of its layout. Paragraphs are put together by the document that they speak of, 《规划》 or 《意见》,
headlines by the places that they name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.intake.draft import Draft, DraftWarning, assembled, document_id_of
from bot.intake.guessing.guess import Guess
from bot.intake.guessing.issuers import jurisdiction_guess
from bot.intake.guessing.patterns import offices_in
from bot.intake.reading.source import SourceLine
from bot.policy.document import Document, Genre
from bot.policy.jurisdiction import Gazetteer

_SHORT_FORM = re.compile(r"以下简称《([^》]{1,12})》")
_MENTION = re.compile(r"《([^《》]{1,12})》")
_REPORTED = re.compile(r"《((?:[^《》]|《[^《》]*》){2,80})》\s*（以下简称《")
_ISSUED_BY = re.compile(
    r"(?:^|[，。])([^，。《》]{2,24}?)(?:日前|近日|今日|联合)?(?:制定|研究)?(?:出台|印发|发布|下发)《"
)
_BYLINE = re.compile(r"■\s*\S.*|本报(?:记者|讯).{0,20}|记者\s*[\u4e00-\u9fff ]{2,12}")
_ATTRIBUTION = re.compile(r"[（(](据[^（）()]{1,30}|来源[：:][^（）()]{1,30})[）)]")
_HEADLINE = 26
_STOP = re.compile(r"[。；！？]")
_FEWEST_BODIES = 3


@dataclass(slots=True)
class NewsArticle:
    """An article: its pieces, and the reasons why a person must look."""

    short_form: str
    body: list[SourceLine] = field(default_factory=list)
    headline: list[SourceLine] = field(default_factory=list)
    byline: str = ""
    doubts: list[str] = field(default_factory=list)


def is_page(lines: Sequence[SourceLine]) -> bool:
    """Whether the lines are those of a newspaper page: several articles, with bylines or attributions."""
    credits = sum(bool(_ATTRIBUTION.fullmatch(line.text) or _BYLINE.fullmatch(line.text)) for line in lines)
    leads = sum(bool(_SHORT_FORM.search(line.text)) for line in lines)
    return credits >= 1 and leads >= 1 and not any(re.match(r"第[一二]条", line.text) for line in lines)


def articles_of(lines: Sequence[SourceLine], gazetteer: Gazetteer) -> list[NewsArticle]:
    """The articles of a page, in the order in which they begin, at least one if any line is prose."""
    articles: list[NewsArticle] = []
    headlines: list[list[SourceLine]] = []
    current: NewsArticle | None = None
    open_headline = False
    for line in lines:
        if _BYLINE.fullmatch(line.text):
            _credit(current, line.text)
        elif found := _ATTRIBUTION.fullmatch(line.text):
            _credit(current, found[1])
            current = None
        elif _is_headline(line):
            if not open_headline:
                headlines.append([])
            headlines[-1].append(line)
            open_headline = True
            current = None
            continue
        else:
            current = _article_for(line, articles, current)
            current.body.append(line)
        open_headline = False
    _give_headlines(_apart(headlines), articles, gazetteer)
    return articles


def _credit(article: NewsArticle | None, words: str) -> None:
    if article is not None:
        article.byline = article.byline or words.strip("■ ")


def _is_headline(line: SourceLine) -> bool:
    return len(line.text) <= _HEADLINE and not _STOP.search(line.text)


def _article_for(line: SourceLine, articles: list[NewsArticle], current: NewsArticle | None) -> NewsArticle:
    """The article of a paragraph: the one that its short form belongs to, else the open one."""
    if lead := _SHORT_FORM.search(line.text):
        article = NewsArticle(lead[1])
        articles.append(article)
        return article
    for mention in _MENTION.findall(line.text):
        known = [article for article in articles if article.short_form == mention]
        if known and (current is None or mention != current.short_form):
            back = known[-1]
            if current is not back and (current is None or not current.body or back is not articles[-1]):
                back.doubts.append(f"“{line.text[:16]}…”在页面上离开头很远，是按《{mention}》归到这一篇的")
            return back
    if current is not None:
        return current
    if articles:
        articles[-1].doubts.append(f"“{line.text[:16]}…”不知道是哪一篇的，先放在这里")
        return articles[-1]
    articles.append(NewsArticle(""))
    return articles[-1]


def _apart(headlines: list[list[SourceLine]]) -> list[list[SourceLine]]:
    """Headlines of two lines: neighbouring blocks on a page are parted after each second line."""
    return [group[at : at + 2] for group in headlines for at in range(0, len(group), 2)]


def _give_headlines(
    headlines: list[list[SourceLine]], articles: list[NewsArticle], gazetteer: Gazetteer
) -> None:
    """Gives each headline to the article whose places it names.

    Others go to the first article without one.
    """
    waiting = []
    for headline in headlines:
        places = _places("".join(line.text for line in headline), gazetteer)
        scores = [
            len(places & _places("".join(line.text for line in article.body), gazetteer))
            for article in articles
        ]
        best = max(range(len(articles)), key=lambda index: scores[index], default=None)
        if best is not None and scores[best] and not articles[best].headline:
            articles[best].headline = headline
        else:
            waiting.append(headline)
    for headline in waiting:
        article = next((each for each in articles if not each.headline), None)
        if article is not None:
            article.headline = headline
            article.doubts.append("标题是按顺序配上的，可能是别的一篇的")
    for article in articles:
        article.doubts += _headline_doubts(article)


def _headline_doubts(article: NewsArticle) -> list[str]:
    if not article.headline:
        return ["没有找到标题；看原版写上"]
    first = int(re.sub(r"\D", "", article.body[0].place) or 0)
    own = int(re.sub(r"\D", "", article.headline[0].place) or 0)
    return ["标题排在正文后面，是按地名配上的；看原版核对"] if own > first else []


def _places(text: str, gazetteer: Gazetteer) -> set[str]:
    return {str(candidate) for place in gazetteer.names_in(text) for candidate in place.candidates}


def newspaper_drafts(lines: Sequence[SourceLine], gazetteer: Gazetteer) -> list[Draft]:
    """A draft of news for each article of a page."""
    return [_draft(article, gazetteer) for article in articles_of(lines, gazetteer)]


def _draft(article: NewsArticle, gazetteer: Gazetteer) -> Draft:
    first = article.body[0]
    headline = " ".join(line.text for line in article.headline)
    title = (
        Guess(headline, article.headline[0].place, headline)
        if headline
        else Guess.read_in(first, first.text[:30], "没有找到标题，先用了第一段的开头")
    )
    guesses = {"title": title, "genre": Guess(Genre.NEWS.value, first.place, "报纸版面上的一篇报道")}
    for line in article.body:
        if "reports_on" not in guesses and (reported := _REPORTED.search(line.text)):
            guesses["reports_on"] = Guess.read_in(line, reported[1])
        by = _ISSUED_BY.search(line.text)
        if "issuers" not in guesses and by and (offices := offices_in(by[1])):
            guesses["issuers"] = Guess.read_in(line, offices)
    if article.byline:
        guesses["source"] = Guess(article.byline, "署名或出处", article.byline)
    if place := jurisdiction_guess(guesses.get("issuers"), title, gazetteer):
        guesses["jurisdiction"] = place
    text = "\n".join(line.text for line in article.body)
    document = Document(document_id_of(str(title.value)), str(title.value), text)
    draft = assembled(document, guesses, tuple(line.place for line in article.body), "")
    return draft.warned(*(DraftWarning("title", doubt) for doubt in article.doubts))
