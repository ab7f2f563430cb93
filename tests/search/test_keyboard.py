"""What a pinyin keyboard offers: the library's words first, and every common character."""

from bot.search.spelling.keyboard import MOST_WORDS, WordSources, keyboard_words

SYLLABLES = {
    "低": ("di",),
    "保": ("bao",),
    "打": ("da",),
    "报": ("bao",),
    "行": ("xing", "hang"),
    "银": ("yin",),
}
GENERAL = {"打报": 500, "银行": 150, "打": 900, "行": 800, "报": 2}


def words_of(**sources: object) -> tuple[str, ...]:
    """The words of some sources."""
    given = {"first": (), "counts": {}, "said": (), "asking": (), "general": {}, **sources}
    return keyboard_words(WordSources(**given), lambda one: SYLLABLES.get(one, ())).words  # type: ignore[arg-type]


def test_what_staff_offer_goes_before_the_librarys_words_and_those_before_everyday_words() -> None:
    """However common these are."""
    found = words_of(first=["银保"], counts={"低保": 1, "#低保": 9}, said=["低保", "保行"], general=GENERAL)

    assert found == ("银保", "低保", "保行", "打报", "银行")


def test_only_words_that_can_be_typed_are_offered() -> None:
    """No letters, no single characters, none without a sound, none that is longer than eight."""
    assert words_of(counts={"AA制": 1, "低": 1, "低龘": 1, "低保" * 5: 1, "低保": 1}) == ("低保",)


def test_a_character_stands_under_each_of_its_syllables() -> None:
    """The most common first; one that is rare by itself only if a word needs it."""
    sources = WordSources([], {"银行": 1}, [], [], GENERAL)

    characters = keyboard_words(sources, lambda one: SYLLABLES.get(one, ())).characters

    assert characters == {"da": "打", "hang": "行", "xing": "行", "yin": "银", "bao": "报"}


def test_there_are_never_too_many() -> None:
    """The file stays small."""
    many = {f"低{chr(0x4E00 + number // 100)}{chr(0x5E00 + number % 100)}": 1 for number in range(12_000)}
    sources = WordSources([], many, [], [], {})

    assert len(keyboard_words(sources, lambda one: ("di",)).words) == MOST_WORDS
