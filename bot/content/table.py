"""The table of all kinds of files in the knowledge folder. A new kind is one loader and one row here."""

from collections.abc import Mapping

from bot.content.answer_kinds import read_answer_kinds
from bot.content.asking import AskingWords, read_asking
from bot.content.aspects import ASPECTS_FILE, read_aspects
from bot.content.documents import FOLDER
from bot.content.documents_check import check_documents
from bot.content.elsewhere import ELSEWHERE_FILE, MattersElsewhere, read_elsewhere
from bot.content.everyday_questions import (
    EVERYDAY_QUESTIONS_FILE,
    UNANSWERED_FILE,
    EverydayQuestions,
    read_everyday_questions,
)
from bot.content.follow_up import FollowUpWords, read_follow_up
from bot.content.general_words import GENERAL_WORDS_FILE, GeneralWords, read_general_words
from bot.content.kept_lists import (
    ELSEWHERE_FORM,
    EVERYDAY_QUESTIONS_FORM,
    OFFICIAL_WORDS_FORM,
    PARTICULARS_FORM,
    ROUTING_EXAMPLES_FORM,
    ROUTING_FORM,
    SUBJECTS_FORM,
    kept,
)
from bot.content.kind import FileKind, LoadResult, one_file
from bot.content.known_questions import QUESTIONS, check_question_rows, load_question_rows
from bot.content.lexicon import LOOK_ALIKES, STOP_WORDS, TERMS, load_lexicon
from bot.content.library import PATTERN, load_documents
from bot.content.official_words import OFFICIAL_WORDS_FILE, OfficialWords, read_official_words
from bot.content.particulars import PARTICULARS_FILE, Particulars, read_particulars
from bot.content.phrases import Phrases, read_phrases
from bot.content.places import PLACES_FILE, PlaceWords, check_places, read_places
from bot.content.routing import FILE as ROUTING_FILE
from bot.content.routing import Routing, read_routing
from bot.content.routing_check import check_routing
from bot.content.routing_examples import FILE as ROUTING_EXAMPLES_FILE
from bot.content.routing_examples import RoutingExamples, check_routing_examples, read_routing_examples
from bot.content.sites import SITES_FILE, Site, check_sites, read_sites
from bot.content.subjects import EVERYDAY_FILE, SUBJECTS_FILE, Subjects, read_subjects
from bot.content.thesaurus import OFF, RULES, load_thesaurus
from bot.content.thesaurus_check import check_thesaurus
from bot.content.thesaurus_files import load_kept_thesaurus
from bot.content.topics import FILE as TOPICS_FILE
from bot.content.topics import Topics, read_topics
from bot.search.meaning.answer_kind import AnswerKinds
from bot.search.meaning.aspect import Aspects

_NO_SITES: Mapping[str, Site] = {}

DOCUMENTS = FileKind("document", (f"{FOLDER}/{PATTERN}",), load_documents, check_documents)
LEXICON = FileKind(
    "term", (TERMS, STOP_WORDS, LOOK_ALIKES), lambda knowledge: LoadResult(load_lexicon(knowledge))
)
ANSWER_KINDS = one_file("answer_kind", "lexicon/answer-kinds.yaml", read_answer_kinds, AnswerKinds())
ASPECTS = one_file("aspect", ASPECTS_FILE, read_aspects, Aspects())
FOLLOW_UP = one_file("follow_up_word", "lexicon/follow-up.yaml", read_follow_up, FollowUpWords())
PARTICULARS = kept(
    one_file("particular", PARTICULARS_FILE, read_particulars, Particulars()), PARTICULARS_FORM
)
SUBJECTS = kept(one_file("subject", SUBJECTS_FILE, read_subjects, Subjects()), SUBJECTS_FORM)
EVERYDAY = kept(one_file("everyday_matter", EVERYDAY_FILE, read_subjects, Subjects()), SUBJECTS_FORM)
OFFICIAL_WORDS = kept(
    one_file("official_word", OFFICIAL_WORDS_FILE, read_official_words, OfficialWords()), OFFICIAL_WORDS_FORM
)
GENERAL_WORDS = one_file("general_word", GENERAL_WORDS_FILE, read_general_words, GeneralWords())
ASKING = one_file("asking", "lexicon/asking.yaml", read_asking, AskingWords())
THESAURUS = FileKind("rule", (RULES, OFF), load_thesaurus, check_thesaurus, load_kept_thesaurus)
KNOWN_QUESTIONS = FileKind("known_question", (QUESTIONS,), load_question_rows, check_question_rows)
ELSEWHERE = kept(
    one_file("matter_elsewhere", ELSEWHERE_FILE, read_elsewhere, MattersElsewhere()), ELSEWHERE_FORM
)
EVERYDAY_QUESTIONS = kept(
    one_file("everyday_question", EVERYDAY_QUESTIONS_FILE, read_everyday_questions, EverydayQuestions()),
    EVERYDAY_QUESTIONS_FORM,
)
UNANSWERED = kept(
    one_file("unanswered_question", UNANSWERED_FILE, read_everyday_questions, EverydayQuestions()),
    EVERYDAY_QUESTIONS_FORM,
)
TOPICS = one_file("topic", TOPICS_FILE, read_topics, Topics())
SITES = one_file("site", SITES_FILE, read_sites, _NO_SITES, check_sites)
PLACES = one_file("place", PLACES_FILE, read_places, PlaceWords(), check_places)
PHRASES = one_file("phrase", "phrases.yaml", read_phrases, Phrases())
ROUTING = kept(one_file("routing_rule", ROUTING_FILE, read_routing, Routing(), check_routing), ROUTING_FORM)
ROUTING_EXAMPLES = kept(
    one_file(
        "routing_example",
        ROUTING_EXAMPLES_FILE,
        read_routing_examples,
        RoutingExamples(),
        check_routing_examples,
    ),
    ROUTING_EXAMPLES_FORM,
)

CONTENT: tuple[FileKind[object], ...] = (
    DOCUMENTS,
    LEXICON,
    ANSWER_KINDS,
    ASPECTS,
    FOLLOW_UP,
    PARTICULARS,
    SUBJECTS,
    EVERYDAY,
    OFFICIAL_WORDS,
    GENERAL_WORDS,
    ASKING,
    THESAURUS,
    KNOWN_QUESTIONS,
    EVERYDAY_QUESTIONS,
    ELSEWHERE,
    UNANSWERED,
    TOPICS,
    SITES,
    PHRASES,
    PLACES,
    ROUTING,
    ROUTING_EXAMPLES,
)
"""In the order in which `check` tells of them."""
