"""A model behind an OpenAI-compatible endpoint. The only door to openai, an optional package."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.errors import EndpointError, SettingsError

_HOPELESS = {401, 403, 404}
"""What one request is answered with, every other will be too."""


@dataclass(frozen=True, slots=True)
class ModelAddress:
    """The address of a model. Some servers need no key."""

    base_url: str
    model: str
    key: str = field(default="", repr=False)


class Endpoint:
    """Asks a model. Threads may share it.

    Args:
        seconds: to wait for a connection, and for each part of the answer.
        retries: after a timeout, a 429 or a 5xx, with growing pauses, or as long as the server asks for.

    Raises:
        SettingsError: the client is not installed.
    """

    def __init__(self, address: ModelAddress, seconds: float, retries: int) -> None:
        try:
            import openai  # noqa: PLC0415  # optional, and a second to import
        except ImportError:
            raise SettingsError(
                "package 'openai': is not installed, a model cannot be asked; "
                "run pip install -r requirements-llm.txt"
            ) from None
        for name in ("openai", "httpx2", "httpcore2"):
            logging.getLogger(name).setLevel(logging.WARNING)  # below, they log what is asked
        self._address = address
        self._openai = openai
        client = openai.OpenAI(
            base_url=address.base_url, api_key=address.key or "none", timeout=seconds, max_retries=retries
        )
        self._completions, self._embeddings = client.chat.completions, client.embeddings

    def chat(self, instructions: str, text: str) -> str:
        """The model's reply to a text; may be empty.

        Raises:
            EndpointError: there is no reply.
        """
        try:
            completion = self._completions.create(
                model=self._address.model,
                messages=[{"role": "system", "content": instructions}, {"role": "user", "content": text}],
            )
            return completion.choices[0].message.content or ""
        except (self._openai.OpenAIError, AttributeError, IndexError, TypeError, ValueError) as error:
            raise self._told(error) from error

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """The vector of each text, in their order.

        Raises:
            EndpointError: there is not one vector for each text.
        """
        try:
            embedded = self._embeddings.create(
                model=self._address.model, input=list(texts), encoding_format="float"
            )
            vectors = [
                [float(x) for x in row.embedding] for row in sorted(embedded.data, key=lambda row: row.index)
            ]
        except (self._openai.OpenAIError, AttributeError, IndexError, TypeError, ValueError) as error:
            raise self._told(error) from error
        if len(vectors) != len(texts) or not all(vectors):
            raise EndpointError("malformed")
        return vectors

    def _told(self, error: Exception) -> EndpointError:
        """One word for what went wrong; the client's own message may repeat the question."""
        if isinstance(error, self._openai.APIStatusError):
            return EndpointError(f"status={error.status_code}", is_final=error.status_code in _HOPELESS)
        if isinstance(error, self._openai.APITimeoutError):
            return EndpointError("timeout")
        if isinstance(error, self._openai.APIConnectionError):
            return EndpointError("unreachable")
        return EndpointError("malformed")
