"""Throws mutated bodies, addresses and replies at the WeChat codec; any error but the declared is a crash.

    python -m pip install atheris
    python -m benchmarks.fuzz_wechat -max_total_time=300

Takes libFuzzer's options. Without a corpus folder of its own it starts from SEEDS in a temporary one. A crash
leaves a file crash-…, which as the only argument repeats it.
"""

import base64
import sys
import tempfile
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit("atheris: is not installed; run 'python -m pip install atheris' and start again")

with atheris.instrument_imports(
    include=["bot.channels.wechat", "bot.chat.portions", "defusedxml", "xml.etree", "base64"]
):
    from bot.channels.wechat.account import Mode, Platform, open_account
    from bot.channels.wechat.cipher import SALT_LENGTH, encrypt
    from bot.channels.wechat.envelope import ReceivedMessage, decode, encode, server_check
    from bot.channels.wechat.fields import read_fields
    from bot.channels.wechat.replies import LARGEST_REPLY, text_reply
    from bot.channels.wechat.signature import sign
    from bot.chat.portions import clean, portion
    from bot.errors import ForgedRequestError, MalformedMessageError

NOW = 1_795_420_800
TOKEN, AES_KEY, APP_ID = "community", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wx2c2769f8efd9abc2"
PLAIN = open_account(Platform.WECHAT, Mode.PLAIN, "", (TOKEN,), ())
SAFE = open_account(Platform.WECHAT, Mode.SAFE, APP_ID, (TOKEN,), (AES_KEY,))
WECOM = open_account(Platform.WECOM, Mode.SAFE, APP_ID, (TOKEN,), (AES_KEY,))
(KEY,) = SAFE.keys

_COMMON = (
    "<ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName>"
    "<CreateTime>1795420799</CreateTime>"
)
NAMES = (
    *("MsgType", "Event", "EventKey", "MsgId", "Content", "CreateTime", "FromUserName", "AgentID"),
    *("Recognition", "Location_X", "Location_Y", "Latitude", "Longitude", "Precision", "Ticket", "Encrypt"),
)
VALUES = (
    *("text", "voice", "location", "link", "event", "subscribe", "unsubscribe", "SCAN", "CLICK", "LOCATION"),
    *("1", "-1", "24.5", "1e999", "nan", "9" * 30, "9" * 5_000, "", " ", "qrscene_1", "奖金", "x" * 30_000),
)
SEEDS = [
    f"<xml>{_COMMON}{rest}</xml>"
    for rest in (
        "<MsgType>text</MsgType><Content><![CDATA[奖金]]></Content><MsgId>1</MsgId>",
        "<MsgType>voice</MsgType><MediaId>m</MediaId><Format>amr</Format><MsgId>1</MsgId>"
        "<Recognition>你好</Recognition>",
        "<MsgType>image</MsgType><PicUrl>p</PicUrl><MediaId>m</MediaId><MsgId>1</MsgId>",
        "<MsgType>video</MsgType><MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId><MsgId>1</MsgId>",
        "<MsgType>location</MsgType><Location_X>24.4</Location_X><Location_Y>118.0</Location_Y>"
        "<Scale>16</Scale><Label>x</Label><MsgId>1</MsgId>",
        "<MsgType>link</MsgType><Title>t</Title><Description>d</Description><Url>u</Url><MsgId>1</MsgId>",
        "<MsgType>event</MsgType><Event>subscribe</Event><EventKey>qrscene_1</EventKey><Ticket>t</Ticket>",
        "<MsgType>event</MsgType><Event>CLICK</Event><EventKey>k</EventKey><AgentID>1</AgentID>",
        "<MsgType>event</MsgType><Event>LOCATION</Event><Latitude>1.0</Latitude>"
        "<Longitude>1.0</Longitude><Precision>1.0</Precision>",
        "<MsgType>event</MsgType><Event>scancode_push</Event><ScanCodeInfo><A>1</A></ScanCodeInfo>",
    )
] + [
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE x [<!ENTITY e "1">]><xml>&e;</xml>',
    '<?xml version="1.0" encoding="utf-16"?><xml><a>&#20013;&lt;</a><!-- c --></xml>',
    "一句。]]></Content>\r\n👵🏽",
]
SEEDS.append(f"<xml><Encrypt>{encrypt(KEY, SEEDS[0].encode(), APP_ID, bytes(SALT_LENGTH))}</Encrypt></xml>")


def plain_body(data: bytes) -> None:
    """A body in plain mode, rightly signed: it never covers the body."""
    _answer(decode(PLAIN, _query(), data, NOW))


def sealed_body(data: bytes) -> None:
    """A body rightly signed and encrypted, as who holds the secrets could send."""
    encrypted = encrypt(KEY, data, APP_ID, bytes(SALT_LENGTH))
    body = f"<xml><Encrypt>{encrypted}</Encrypt></xml>".encode()
    _answer(decode(SAFE, _query(encrypted), body, NOW))


def named_fields(data: bytes) -> None:
    """A well-formed body whose fields have the right names and any values, so that most get past the XML."""
    provider = atheris.FuzzedDataProvider(data)
    body = "<xml>"
    while provider.remaining_bytes():
        name = NAMES[provider.ConsumeIntInRange(0, len(NAMES) - 1)]
        usual = VALUES[provider.ConsumeIntInRange(0, len(VALUES) - 1)]
        value = (
            usual if provider.ConsumeProbability() < 0.8 else clean(provider.ConsumeUnicodeNoSurrogates(30))
        )
        body += f"<{name}><![CDATA[{value}]]></{name}>"
    _answer(decode(PLAIN, _query(), f"{body}{_COMMON}</xml>".encode(), NOW))


def outer_body(data: bytes) -> None:
    """A body around an encrypted part that is rightly signed whatever it is."""
    encrypted = read_fields(data).text("Encrypt").strip()
    try:
        _answer(decode(SAFE, _query(encrypted), data, NOW))
    except ForgedRequestError:
        assert not encrypted, "what is rightly signed was taken for forged"


def raw_cipher(data: bytes) -> None:
    """Bytes in place of what AES gives, and as base64 itself, rightly signed."""
    for encrypted in (base64.b64encode(data).decode(), data.decode("latin-1")):
        query = {**_query(encrypted), "echostr": encrypted}
        try:
            server_check(WECOM, query, NOW)
        except MalformedMessageError:
            continue


def address(data: bytes) -> None:
    """Parameters that are anything, on both platforms; a signature cannot be guessed."""
    provider = atheris.FuzzedDataProvider(data)
    names = ("signature", "msg_signature", "timestamp", "nonce", "echostr")
    query = {name: provider.ConsumeUnicode(60) for name in names}
    if provider.ConsumeBool():
        query["timestamp"] = str(NOW)
    for account in (PLAIN, SAFE, WECOM):
        try:
            decode(account, query, data, NOW)
        except ForgedRequestError:
            continue
        raise AssertionError("a guessed signature passed")


def reply(data: bytes) -> None:
    """Whatever is said is read back, cleaned, and never too large; portions lose nothing."""
    provider = atheris.FuzzedDataProvider(data)
    budget = provider.ConsumeIntInRange(7, 300)
    pieces = [provider.ConsumeUnicode(40) for _ in range(8)] + [provider.ConsumeUnicode(3_000)]
    said = portion(pieces, budget)
    assert len(said.text.encode()) <= budget
    whole = clean("".join(map(clean, pieces)))
    assert whole.endswith("".join(said.remainder))
    header = decode(PLAIN, _query(), SEEDS[0].encode(), NOW).message.header
    if whole.strip():
        read = read_fields(text_reply(header, whole, NOW).encode()).values["Content"]
        assert len(read.encode()) <= LARGEST_REPLY
        assert read == whole or (read.endswith("…") and whole.startswith(read[:-1]))


TARGETS = (plain_body, sealed_body, named_fields, outer_body, raw_cipher, address, reply)


def one_input(data: bytes) -> None:
    """The first byte chooses the target; the one declared error of bodies may escape it."""
    if not data:
        return
    try:
        TARGETS[data[0] % len(TARGETS)](data[1:])
    except MalformedMessageError:
        return


def _query(encrypted: str | None = None) -> dict[str, str]:
    query = {"timestamp": str(NOW), "nonce": "7", "signature": sign(TOKEN, str(NOW), "7")}
    return query if encrypted is None else {**query, "msg_signature": sign(TOKEN, str(NOW), "7", encrypted)}


def _answer(received: ReceivedMessage) -> None:
    """A message that was decoded can be answered."""
    assert encode(received, "您好", NOW, bytes)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(SEEDS):
            for target in range(len(TARGETS)):
                Path(folder, f"{target}-{number}").write_bytes(bytes([target]) + seed.encode())
        own_input = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
        atheris.Setup(sys.argv + ([] if own_input else [folder]), one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
