"""The library of a knowledge folder, with all of its documents."""

from pathlib import Path

from bot.content.documents import FOLDER, read_document
from bot.content.kind import LoadResult
from bot.content.lines import reading_problem
from bot.content.states import State, states_in
from bot.errors import DocumentError, KnowledgeError
from bot.policy.holding import Holding
from bot.policy.library import Library

PATTERN = "*.md"


def load_documents(knowledge: Path) -> LoadResult[Library]:
    """The library, without broken files. It holds their errors too.

    Raises:
        KnowledgeError: there is no folder of documents.
    """
    library = load_library(knowledge)
    return LoadResult(library, library.broken)


def load_library(knowledge: Path) -> Library:
    """The library of a knowledge folder. It also holds the errors of broken files.

    Raises:
        KnowledgeError: there is no folder of documents.
    """
    holdings: list[Holding] = []
    broken: list[DocumentError] = []
    for name in document_states(knowledge):
        try:
            holdings.append(Holding.of(read_document(knowledge / FOLDER / name)))
        except DocumentError as error:
            broken.append(error)
    return Library.holding(holdings, broken)


def document_states(knowledge: Path) -> dict[str, State]:
    """File name → the file's state, for the document files.

    Raises:
        KnowledgeError: there is no such folder, or it cannot be read. A disk that is not mounted is no empty
            library.
    """
    folder = knowledge / FOLDER
    try:
        return states_in(folder, PATTERN)
    except (FileNotFoundError, NotADirectoryError):
        raise KnowledgeError(f"文件夹“{folder}”：不存在；建好它，或者改设置 KNOWLEDGE_DIR") from None
    except OSError as error:
        raise KnowledgeError(f"文件夹“{folder}”：{reading_problem(error)}") from None
