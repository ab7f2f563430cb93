"""The kiosk with its script, in a real browser: typing, waiting, leaving without a trace."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, PdfMargins
from pypdfium2 import PdfDocument

from bot.channels.desk import Desk
from tests.channels.browsing import NEEDS_BROWSER
from tests.channels.web.axe import violations
from tests.channels.web.kiosk.conftest import FOLLOW_UPS, HERE, served
from tests.channels.web.states import (
    ANSWERED,
    CLARIFY,
    FAILED,
    HOSTILE_ANSWER,
    NOT_FOUND,
    NOT_IN_FORCE,
    RELATED,
    SEVERAL,
    TWO_PARTS,
    URGENT,
)

pytestmark = NEEDS_BROWSER

PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)
BOTH = pytest.mark.parametrize("kiosk", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"], indirect=True)

CONTRAST = """() => {
  function light(colour) {
    var parts = colour.match(/[\\d.]+/g).slice(0, 3).map(function (part) {
      part = part / 255;
      return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }
  function ground(node) {
    for (; node; node = node.parentElement) {
      var colour = getComputedStyle(node).backgroundColor;
      if (!/, 0\\)|transparent/.test(colour)) { return colour; }
    }
    return 'rgb(255, 255, 255)';
  }
  var found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), node, at, pair;
  while ((node = walker.nextNode())) {
    at = node.parentElement;
    if (!node.data.trim() || !at.checkVisibility({visibilityProperty: true})) { continue; }
    if (at.closest('.unseen, svg, :disabled')) { continue; }
    pair = [light(getComputedStyle(at).color), light(ground(at))].sort(function (a, b) { return b - a; });
    if ((pair[0] + 0.05) / (pair[1] + 0.05) < 7) { found.push(node.data.trim()); }
  }
  return found;
}"""
"""The texts in sight whose contrast with what is behind them is below 7:1."""

SMALL = """() => Array.prototype.filter.call(
  document.querySelectorAll('a[href], button, summary, textarea, input:not([type=hidden])'),
  function (at) {
    var box = at.getBoundingClientRect();
    return at.checkVisibility({visibilityProperty: true}) && (box.width < 60 || box.height < 60);
  }).map(function (at) { return at.outerHTML; })"""
"""What can be touched and is smaller than 60 px."""

TINY = """() => {
  var walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), node, at, found = [];
  while ((node = walker.nextNode())) {
    at = node.parentElement;
    if (node.data.trim() && at.checkVisibility({visibilityProperty: true}) && !at.closest('.unseen')
        && parseFloat(getComputedStyle(at).fontSize) < 24) { found.push(node.data.trim()); }
  }
  return found;
}"""
"""The texts in sight that are smaller than 24 px."""


class Kiosk:
    """A kiosk, and how often somebody has touched it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.touches = 0

    def arrive(self) -> None:
        """Opens the first screen, as the browser does in the morning."""
        self.page.goto(f"{self.address}/kiosk{HERE}")
        self.touches = 0

    def touch(self, selector: str) -> None:
        """Touches the first such thing that is in sight."""
        self.page.locator(selector).locator("visible=true").first.tap()
        self.touches += 1

    def begin(self) -> None:
        """Arrives, touches the screen, and counts from here."""
        self.arrive()
        self.touch("#wake")
        self.page.locator("[data-screen=home]").wait_for()
        self.page.locator(".candidate").first.wait_for()
        self.touches = 0

    def press(self, letters: str) -> None:
        """Presses keys of our keyboard."""
        for letter in letters:
            self.touch(f"[data-key='{letter}']")

    def choose(self, text: str) -> None:
        """Touches a candidate."""
        self.touch(f".candidate:text-is('{text}')")

    def ask(self, question: str) -> None:
        """Asks a question, however it came into the field."""
        self.page.locator("#q").evaluate("(field, question) => { field.value = question; }", question)
        self.touch(".go")
        self.page.locator(f"[data-screen=answer] .asked:has-text({question!r})").wait_for()

    @property
    def text(self) -> str:
        """All that is in sight."""
        return self.page.locator("body").inner_text()

    def left_over(self) -> dict[str, object]:
        """What the browser still holds of the person before."""
        return {
            "cookies": self.page.context.cookies(),
            "stored": self.page.evaluate("localStorage.length + sessionStorage.length"),
            "fields": self.page.evaluate(
                "Array.prototype.map.call(document.querySelectorAll('textarea'), "
                "function (field) { return field.value; }).join('')"
            ),
        }


NOTHING: dict[str, object] = {"cookies": [], "stored": 0, "fields": ""}


@pytest.fixture
def kiosk(chromium: Browser, kiosk_address: str, request: pytest.FixtureRequest) -> Iterator[Kiosk]:
    """A kiosk. What its page complains about, or asks anybody else for, fails the test."""
    width, height = getattr(request, "param", PORTRAIT)
    context = chromium.new_context(
        locale="zh-CN", viewport={"width": width, "height": height}, has_touch=True
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("console", lambda told: complaints.append(told.text))
    foreign: list[str] = []
    page.on("request", lambda asked: foreign.append(asked.url))
    yield Kiosk(page, kiosk_address)
    context.close()
    assert [said for said in complaints if "Failed to load resource" not in said] == []
    assert [url for url in foreign if not url.startswith(kiosk_address)] == []


def assert_usable(page: Page) -> None:
    """axe finds nothing; contrast 7:1, targets 60 px, letters 24 px; nothing is scrolled sideways."""
    assert violations(page) == []
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate(TINY) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


@BOTH
def test_screens_before_a_question_are_usable(kiosk: Kiosk) -> None:
    """What passers-by see, the home screen with its keyboard, and a question that cannot be asked."""
    kiosk.arrive()
    assert_usable(kiosk.page)

    kiosk.begin()
    kiosk.touch("summary")
    assert_usable(kiosk.page)
    kiosk.press("gao")
    assert_usable(kiosk.page)

    kiosk.page.locator("#q").evaluate("field => { field.value = '津贴' + String.fromCharCode(0); }")
    kiosk.touch(".go")
    kiosk.page.locator("#unusable").wait_for()
    assert_usable(kiosk.page)


@BOTH
def test_every_kind_of_answer_is_usable(kiosk: Kiosk) -> None:
    """With letters of the usual size."""
    kiosk.begin()
    states = [ANSWERED, SEVERAL, TWO_PARTS, RELATED, CLARIFY, NOT_FOUND, NOT_IN_FORCE, URGENT, FAILED]
    for state in states:
        kiosk.ask(state.question)
        assert_usable(kiosk.page)


@BOTH
@pytest.mark.parametrize("size", ["24", "42"])
def test_every_size_is_usable(kiosk: Kiosk, size: str) -> None:
    """Chosen with a touch, it stays until the person leaves."""
    kiosk.begin()
    kiosk.touch(f"[data-size='{size}']")
    assert_usable(kiosk.page)

    kiosk.ask(SEVERAL.question)

    assert kiosk.page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{size}px"
    assert kiosk.page.locator("[data-size][aria-current]").get_attribute("data-size") == size
    assert_usable(kiosk.page)


@BOTH
def test_the_warning_is_usable_and_one_touch_stays(kiosk: Kiosk) -> None:
    """After 40 s the screen asks; nothing of the answer is in sight meanwhile; the answer is there again."""
    kiosk.page.clock.install()
    kiosk.begin()
    kiosk.ask(ANSWERED.question)

    kiosk.page.clock.run_for(38_000)
    assert not kiosk.page.locator("#warning").is_visible()
    kiosk.page.clock.run_for(4_000)
    assert kiosk.page.locator("#warning").is_visible()
    assert "三百元" not in kiosk.text
    assert kiosk.page.evaluate("document.activeElement.id") == "stay"
    assert_usable(kiosk.page)

    kiosk.touch("#stay")
    assert "三百元" in kiosk.text
    kiosk.page.clock.run_for(38_000)
    assert not kiosk.page.locator("#warning").is_visible()


def test_whoever_walks_away_leaves_nothing(kiosk: Kiosk) -> None:
    """60 s later passers-by see the first screen in the usual size; Back, fields, storage hold nothing."""
    kiosk.page.clock.install()
    kiosk.begin()
    kiosk.touch("[data-size='42']")
    kiosk.ask(ANSWERED.question)
    kiosk.ask(SEVERAL.question)

    kiosk.page.clock.run_for(42_000)
    kiosk.page.clock.run_for(20_000)
    kiosk.page.locator("#wake").wait_for()

    assert "高龄津贴明年" in kiosk.text  # an example, not what was asked
    assert "三百元" not in kiosk.text
    assert kiosk.left_over() == NOTHING
    assert kiosk.page.url == f"{kiosk.address}/kiosk{HERE}"
    kiosk.page.go_back()
    assert "三百元" not in kiosk.text
    assert ANSWERED.question not in kiosk.page.url
    kiosk.begin()
    assert kiosk.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "30px"


def test_the_history_does_not_grow(kiosk: Kiosk) -> None:
    """However much is asked, Back leaves the kiosk's page alone."""
    kiosk.arrive()
    before = kiosk.page.evaluate("history.length")
    kiosk.begin()
    kiosk.ask(ANSWERED.question)
    kiosk.ask(SEVERAL.question)
    kiosk.touch("[data-swap]")
    kiosk.page.locator("[data-screen=home]").wait_for()
    kiosk.touch("[data-leave] button")
    kiosk.page.locator("#wake").wait_for()

    assert kiosk.page.evaluate("history.length") <= before + 1
    assert kiosk.left_over() == NOTHING


def test_touching_puts_the_warning_off(kiosk: Kiosk) -> None:
    """Who reads on and touches now and then is not asked."""
    kiosk.page.clock.install()
    kiosk.begin()
    kiosk.ask(ANSWERED.question)
    for _ in range(3):
        kiosk.page.clock.run_for(30_000)
        kiosk.touch("h1")
    assert not kiosk.page.locator("#warning").is_visible()


@BOTH
def test_a_line_that_is_down_is_told_of(kiosk: Kiosk) -> None:
    """With the number to call; when it is back, the question stands in its field still."""
    kiosk.begin()
    kiosk.page.context.set_offline(True)
    kiosk.press("gljt")
    kiosk.choose("高龄津贴")
    kiosk.touch(".go")

    kiosk.page.locator("#offline").wait_for()
    assert "0592-6051234" in kiosk.text
    assert_usable(kiosk.page)

    kiosk.page.context.set_offline(False)
    kiosk.touch("#again")
    kiosk.page.locator("#offline").wait_for(state="hidden")
    assert kiosk.page.locator("#q").input_value() == "高龄津贴"
    kiosk.touch(".go")
    kiosk.page.locator("[data-screen=answer]").wait_for()


def test_a_wipe_without_a_line_wipes_all_the_same(kiosk: Kiosk) -> None:
    """The answer is gone; the first screen comes when the line does."""
    kiosk.page.clock.install()
    kiosk.begin()
    kiosk.ask(ANSWERED.question)
    kiosk.page.context.set_offline(True)
    kiosk.page.clock.run_for(62_000)
    kiosk.page.locator("#offline").wait_for()
    assert "三百元" not in kiosk.page.content()

    kiosk.page.context.set_offline(False)
    kiosk.page.clock.run_for(12_000)
    kiosk.page.locator("#wake").wait_for()


KEPT = """() => caches.keys().then(function (names) {
  return Promise.all(names.map(function (name) {
    return caches.open(name).then(function (cache) { return cache.keys(); });
  }));
}).then(function (all) {
  return [].concat.apply([], all).map(function (one) { return new URL(one.url).pathname; });
})"""
"""The addresses that the browser keeps for the service worker."""


def test_a_kiosk_that_is_opened_without_a_line_says_so(chromium: Browser, kiosk_desk: Desk) -> None:
    """Instead of the browser's own page; it comes back by itself. Nothing that was asked is kept."""
    with chromium.new_context(
        locale="zh-CN", viewport={"width": 1080, "height": 1920}, has_touch=True
    ) as context:
        page = context.new_page()
        with served(kiosk_desk) as port:
            kiosk = Kiosk(page, f"http://127.0.0.1:{port}")
            kiosk.begin()
            page.evaluate("navigator.serviceWorker.ready.then(function () { return true; })")
            kiosk.ask(ANSWERED.question)

        page.goto(f"{kiosk.address}/kiosk{HERE}")
        page.locator("#again").wait_for()
        assert "网络断了" in kiosk.text
        assert "0592-6051234" in kiosk.text
        assert_usable(page)
        assert {address.partition("/static")[0] for address in page.evaluate(KEPT)} == {"/kiosk/offline", ""}

        with served(kiosk_desk, port):
            kiosk.touch("#again")
            page.locator("#wake").wait_for()


JOURNEYS: dict[str, Callable[[Kiosk], None]] = {}


def journey(walk: Callable[[Kiosk], None]) -> Callable[[Kiosk], None]:
    """Something an old person comes for. It begins on the home screen."""
    JOURNEYS[walk.__name__] = walk
    return walk


@journey
def by_tile(kiosk: Kiosk) -> None:
    """A topic, one of its questions."""
    kiosk.touch("summary.tile")
    kiosk.touch(f".choice:has-text('{ANSWERED.question}')")
    kiosk.page.locator(".answered").wait_for()


@journey
def by_pinyin(kiosk: Kiosk) -> None:
    """The first letters of what it is called, the word, the button."""
    kiosk.press("glj")
    kiosk.choose("高龄津贴")
    kiosk.touch(".go")
    kiosk.page.locator("[data-screen=answer]").wait_for()


@journey
def by_follow_up(kiosk: Kiosk) -> None:
    """A topic, one of its questions, and what one has to bring."""
    by_tile(kiosk)
    kiosk.touch(f".chips button:has-text('{FOLLOW_UPS[0]}')")
    kiosk.page.locator(f".asked:has-text('{FOLLOW_UPS[0]}')").wait_for()
    assert "身份证" in kiosk.text


@journey
def refused(kiosk: Kiosk) -> None:
    """Something nobody holds: the number to call stands there."""
    kiosk.press("cai")
    kiosk.touch(".go")
    kiosk.page.locator(".not_found").wait_for()
    assert "0592-6051234" in kiosk.text


@journey
def taken_as_code(kiosk: Kiosk) -> None:
    """A code beside the answer, large enough for a telephone."""
    by_tile(kiosk)
    box = kiosk.page.locator(".code svg").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 200


@journey
def taken_on_paper(kiosk: Kiosk) -> None:
    """One touch more."""
    kiosk.page.evaluate("window.print = function () { window.printed = true; }")
    by_tile(kiosk)
    kiosk.touch("[data-do=print]")
    assert kiosk.page.evaluate("window.printed")


@BOTH
@pytest.mark.parametrize("walk", JOURNEYS.values(), ids=JOURNEYS)
def test_a_journey_takes_five_touches_at_most(kiosk: Kiosk, walk: Callable[[Kiosk], None]) -> None:
    """After the one that wakes the screen."""
    kiosk.begin()

    walk(kiosk)

    assert kiosk.touches <= 5


VOICE = """
  window.said = [];
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  Object.defineProperty(window, 'speechSynthesis', {value: {
    speaking: true,
    getVoices: function () { return [{lang: '%s', localService: true}]; },
    speak: function (speech) { window.said.push(speech.text); },
    cancel: function () { window.said.push('stop'); }
  }});
"""
"""A device with one voice; what is said is written down."""


def test_the_sentence_is_read_aloud_when_asked_and_nobody_is_warned_meanwhile(kiosk: Kiosk) -> None:
    """Never unasked; a second touch stops it, and then time runs again."""
    kiosk.page.add_init_script(VOICE % "zh-CN")
    kiosk.page.clock.install()
    kiosk.begin()
    kiosk.ask(ANSWERED.question)
    assert kiosk.page.evaluate("window.said") == []

    kiosk.touch("[data-do=speak]")
    kiosk.page.clock.run_for(60_000)
    assert kiosk.page.evaluate("window.said") == ["（二）年满九十周岁不满一百周岁的，每人每月三百元"]
    assert not kiosk.page.locator("#warning").is_visible()

    kiosk.touch("[data-do=speak]")
    assert kiosk.page.evaluate("window.said")[1:] == ["stop"]
    kiosk.page.clock.run_for(42_000)
    assert kiosk.page.locator("#warning").is_visible()


def test_without_a_chinese_voice_nothing_offers_to_read(kiosk: Kiosk) -> None:
    """A foreign voice does not count."""
    kiosk.page.add_init_script(VOICE % "en-US")
    kiosk.begin()
    kiosk.ask(ANSWERED.question)

    assert not kiosk.page.locator("[data-do=speak]").is_visible()


@BOTH
def test_the_keyboard_opens_below_an_answer(kiosk: Kiosk) -> None:
    """When the field is touched; the candidates come from the same words."""
    kiosk.begin()
    kiosk.ask(ANSWERED.question)
    assert not kiosk.page.locator(".keyboard").is_visible()

    kiosk.touch("#q")
    kiosk.press("cl")
    kiosk.choose("材料")

    assert kiosk.page.locator("#q").input_value() == "材料"
    assert_usable(kiosk.page)


@pytest.mark.parametrize("width", ["210mm", "80mm"])
def test_an_answer_is_printed_on_one_page(kiosk: Kiosk, width: str) -> None:
    """On A4 and on a roll: question, sentence, whole clause, source, address and number; no buttons."""
    kiosk.begin()
    kiosk.ask(ANSWERED.question)
    margin: PdfMargins = {"top": "4mm", "right": "4mm", "bottom": "4mm", "left": "4mm"}

    paper = PdfDocument(kiosk.page.pdf(width=width, height="297mm", margin=margin))

    assert len(paper) == 1
    printed = "".join(paper[0].get_textpage().get_text_range().split())
    clause = ANSWERED.answer.passages[0]
    wanted = [ANSWERED.question, "每人每月三百元", "（三）年满一百周岁的", clause.citation.title, "第五条"]
    wanted += ["现行有效", "/c/", f"?v={clause.clause.digest[:8]}", "0592-6051234", "2026-11-23"]
    assert [words for words in wanted if words not in printed] == []
    assert [words for words in ("查一查", "用完了", "接着问") if words in printed] == []


LETTERS = [
    ("gljt", "高龄津贴"),  # initials of a topic
    ("gaolingjintie", "高龄津贴"),  # in full
    ("gaolingjt", "高龄津贴"),  # both
    ("dibao", "低保"),  # what residents say
    ("dishou", "低收入"),  # the beginning of a word is enough
    ("zenmeshenqing", "怎么申请"),  # two words at once
    ("yinhang", "银行"),  # a character with two sounds
    ("ren", "人"),  # a character by itself
    ("aa", "aa"),  # letters themselves
]
"""What is pressed, and what is meant."""


def test_letters_find_words(kiosk: Kiosk) -> None:
    """In full, by initials, or by a beginning; what is found stands on the first page of candidates."""
    kiosk.begin()
    for letters, meant in LETTERS:
        kiosk.press(letters)
        assert meant in kiosk.page.locator(".candidate").all_text_contents(), letters

        kiosk.choose(meant)
        assert kiosk.page.locator("#q").input_value() == meant
        assert kiosk.page.locator(".typed").text_content() == ""
        kiosk.touch("[data-key=clear]")


def test_keys_do_what_they_say(kiosk: Kiosk) -> None:
    """Digits end the word before them; backspace takes letters first; candidates have pages."""
    kiosk.begin()
    kiosk.press("90")
    kiosk.press("sui")
    first = kiosk.page.locator(".candidate").first.text_content()
    kiosk.press("1")
    field = kiosk.page.locator("#q")
    assert field.input_value() == f"90{first}1"

    kiosk.touch("[data-key=back]")
    assert field.input_value() == f"90{first}"
    kiosk.press("di")
    kiosk.touch("[data-key=back]")
    assert kiosk.page.locator(".typed").text_content() == "d"

    page_one = kiosk.page.locator(".candidate").all_text_contents()
    kiosk.touch("[data-key=after]")
    page_two = kiosk.page.locator(".candidate").all_text_contents()
    assert not set(page_one) & set(page_two)
    kiosk.touch("[data-key=before]")
    assert kiosk.page.locator(".candidate").all_text_contents() == page_one

    kiosk.touch("[data-key=clear]")
    assert (field.input_value(), kiosk.page.locator(".typed").text_content()) == ("", "")


def test_a_key_shows_its_candidates_within_a_frame(kiosk: Kiosk) -> None:
    """Half of all key strokes within 16 ms, layout and all: no finger is faster. The best of five runs."""
    kiosk.begin()
    runs = kiosk.page.evaluate(
        """() => [1, 2, 3, 4, 5].map(function () {
          document.querySelector('[data-key=clear]').click();
          return 'shenqinggaolingjintie'.split('').map(function (letter) {
            var key = document.querySelector('[data-key=' + letter + ']'), begun = performance.now();
            key.click();
            document.getElementById('keyboard').getBoundingClientRect();
            return performance.now() - begun;
          });
        })"""
    )

    assert min(sorted(run)[len(run) // 2] for run in runs) < 16


def test_hostile_words_do_nothing(kiosk: Kiosk) -> None:
    """Neither in a question nor in a clause, a title, or the name of a site."""
    kiosk.begin()
    kiosk.ask(HOSTILE_ANSWER.question)
    assert kiosk.page.locator("main img, main script, main b").count() == 0

    kiosk.page.goto(f"{kiosk.address}/kiosk?site=hostile")
    kiosk.touch("#wake")
    kiosk.page.locator("[data-screen=home]").wait_for()
    assert kiosk.page.locator("body img, body script, body b").count() == 0


def test_without_the_script_nothing_is_found_by_going_back(chromium: Browser, kiosk_address: str) -> None:
    """Whoever leaves is forgotten, and Back says so."""
    context: BrowserContext = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{kiosk_address}/kiosk{HERE}")
    page.locator("#wake").click()
    page.locator("#q").fill(ANSWERED.question)
    page.locator(".go").click()
    assert "三百元" in page.locator("main#main").inner_text()

    page.locator("form[data-leave] button").click()
    page.locator("#wake").wait_for()
    page.go_back()

    assert "三百元" not in page.content()
    assert "清空了" in page.locator("main#main").inner_text()
    context.close()
