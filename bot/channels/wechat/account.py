"""An account: which platform, how it encrypts, and the secrets shared with it."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.channels.wechat.cipher import AesKey, aes_key
from bot.errors import SettingsError
from bot.settings import Settings


class Platform(StrEnum):
    """The platform that sends. The names of its settings begin with the value."""

    WECHAT = "wechat"
    WECOM = "wecom"


class Mode(StrEnum):
    """消息加解密方式 as chosen in the platform's console: 明文, 兼容, 安全."""

    PLAIN = "plain"
    COMPATIBLE = "compatible"
    SAFE = "safe"


@dataclass(frozen=True, slots=True)
class Account:
    """One 公众号, or one application in 企业微信. Made by `open_account`.

    `tokens` and `keys` hold the current value first; while it is being changed, the previous one follows.
    """

    platform: Platform
    mode: Mode
    receiver_id: str
    tokens: tuple[str, ...] = field(repr=False)
    keys: tuple[AesKey, ...] = field(repr=False)

    @property
    def acknowledgement(self) -> str:
        """The body that takes note of a message without a reply, so that it is not sent again.

        Source: the platforms' pages on passive replies; WeCom's path/90238 asks for an empty body.
        """
        return "success" if self.platform is Platform.WECHAT else ""


def open_account(
    platform: Platform, mode: Mode, receiver_id: str, tokens: tuple[str, ...], aes_keys: tuple[str, ...]
) -> Account:
    """An account whose parts are complete and fit each other.

    Args:
        receiver_id: AppID of the 公众号, CorpID of the 企业微信; may be empty in plain mode only.
        tokens: at least one; none empty, for anyone can sign with an empty token.
        aes_keys: EncodingAESKeys of 43 characters; may be none in plain mode only.

    Raises:
        SettingsError: a part is missing or unusable; names the setting, never its value.
    """
    prefix = platform.value.upper()
    if not tokens or not all(token.strip() for token in tokens):
        raise SettingsError(f"setting '{prefix}_TOKEN': is empty; copy the Token from the platform's console")
    if platform is Platform.WECOM and mode is not Mode.SAFE:
        raise SettingsError(f"setting '{prefix}_MODE': is '{mode}'; 企业微信 always encrypts, so choose safe")
    if mode is not Mode.PLAIN and not aes_keys:
        raise SettingsError(f"setting '{prefix}_AES_KEY': is empty; mode '{mode}' needs the EncodingAESKey")
    if mode is not Mode.PLAIN and not receiver_id:
        raise SettingsError(f"setting '{prefix}_APP_ID': is empty; mode '{mode}' needs the AppID or CorpID")
    try:
        keys = tuple(map(aes_key, aes_keys))
    except ValueError as error:
        raise SettingsError(f"setting '{prefix}_AES_KEY': {error}") from None
    return Account(platform, mode, receiver_id, tokens, keys)


def account_of(settings: Settings, platform: Platform) -> Account | None:
    """The account of a platform; None where its settings are empty.

    Raises:
        SettingsError: some are set, but not all that are needed, or one is unusable.
    """
    chosen = settings.model_dump()
    token, key, app_id, mode = (
        chosen[f"{platform}_{part}"] for part in ("token", "aes_key", "app_id", "mode")
    )
    if not (token or key or app_id or mode):
        return None
    always_encrypts = bool(key) or platform is Platform.WECOM
    default = Mode.SAFE if always_encrypts else Mode.PLAIN
    return open_account(platform, Mode(mode or default), app_id, _rotating(token), _rotating(key))


def _rotating(secret: str) -> tuple[str, ...]:
    """The values of a secret: one, or the new and the old one while it is being changed."""
    return tuple(part.strip() for part in secret.split(",")) if secret else ()
