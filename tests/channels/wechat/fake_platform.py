"""A stand-in for the platforms' servers. It signs and encrypts with wechatpy, so our code has a witness."""

from dataclasses import dataclass
from typing import Any

from defusedxml import ElementTree
from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.enterprise.crypto import WeChatCrypto as WeComCrypto
from wechatpy.exceptions import InvalidSignatureException
from wechatpy.utils import WeChatSigner, check_signature

from bot.channels.wechat.account import Account, Mode, Platform, open_account

NOW = 1_795_420_800
"""2026-11-23 08:00 in China."""

TOKEN, OTHER_TOKEN = "community", "neighbours"
AES_KEY, OTHER_AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "K" * 43
APP_ID = "wx2c2769f8efd9abc2"
OPENID, ACCOUNT_ID = "oyORnuP8q7ou2gfYjqLzSIWZf0rs", "gh_10f6c3c3ac5a"

Request = tuple[dict[str, str], bytes]
"""Query parameters and body."""


def message(message_type: str = "text", fields: str = "<Content><![CDATA[奖金是多少]]></Content>") -> str:
    """The XML of a message as the platform writes it; events get no MsgId."""
    msg_id = "" if message_type == "event" else "<MsgId>6054768590064713728</MsgId>"
    return (
        f"<xml><ToUserName><![CDATA[{ACCOUNT_ID}]]></ToUserName>"
        f"<FromUserName><![CDATA[{OPENID}]]></FromUserName><CreateTime>1795420799</CreateTime>"
        f"<MsgType><![CDATA[{message_type}]]></MsgType>{fields}{msg_id}</xml>"
    )


def account(mode: Mode = Mode.SAFE, platform: Platform = Platform.WECHAT) -> Account:
    """The account that FakePlatform() sends to."""
    return open_account(platform, mode, APP_ID, (TOKEN,), (AES_KEY,))


def signed(*parts: str) -> str:
    """wechatpy's signature over the parts."""
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)


def first_level(xml: str) -> dict[str, str]:
    """What stands directly under the root."""
    return {child.tag: child.text or "" for child in ElementTree.fromstring(xml)}


@dataclass(frozen=True)
class FakePlatform:
    """The server of 公众号 or 企业微信 that holds these secrets."""

    token: str = TOKEN
    aes_key: str = AES_KEY
    receiver_id: str = APP_ID
    wecom: bool = False

    @property
    def crypto(self) -> Any:
        """wechatpy's reading of the encryption."""
        return (WeComCrypto if self.wecom else WeChatCrypto)(self.token, self.aes_key, self.receiver_id)

    def query(self, timestamp: str = str(NOW), nonce: str = "1320562132") -> dict[str, str]:
        """The parameters of any request."""
        signature = {} if self.wecom else {"signature": signed(self.token, timestamp, nonce)}
        return {"timestamp": timestamp, "nonce": nonce, **signature}

    def plain(self, xml: str, timestamp: str = str(NOW)) -> Request:
        """A message in 明文模式."""
        return {**self.query(timestamp), "openid": OPENID}, xml.encode()

    def safe(self, xml: str, timestamp: str = str(NOW), clear: str = "") -> Request:
        """A message in 安全模式, or with a clear copy of its fields in 兼容模式."""
        query = self.query(timestamp)
        sealed = first_level(self.crypto.encrypt_message(xml, query["nonce"], timestamp))
        more = {"openid": OPENID, "encrypt_type": "aes", "msg_signature": sealed["MsgSignature"]}
        body = (
            f"<xml><ToUserName><![CDATA[{ACCOUNT_ID}]]></ToUserName>{clear}"
            f"<Encrypt><![CDATA[{sealed['Encrypt']}]]></Encrypt></xml>"
        )
        return {**query, **more}, body.encode()

    def resigned(self, encrypted: str) -> Request:
        """A body that holds any text as its encrypted part, properly signed."""
        query = self.query()
        signature = signed(self.token, query["timestamp"], query["nonce"], encrypted)
        body = f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
        return {**query, "msg_signature": signature}, body.encode()

    def open(self, encrypted: str) -> str:
        """The message in an encrypted part, as wechatpy reads it."""
        opened: str = PrpCrypto(self.crypto.key).decrypt(encrypted, self.receiver_id)
        return opened

    def read_reply(self, reply: str) -> dict[str, str]:
        """The fields of an encrypted reply, its signature checked and its encryption opened by wechatpy."""
        outer = first_level(reply)
        assert set(outer) == {"Encrypt", "MsgSignature", "TimeStamp", "Nonce"}
        opened = self.crypto.decrypt_message(reply, outer["MsgSignature"], outer["TimeStamp"], outer["Nonce"])
        return first_level(opened)

    def accepts(self, query: dict[str, str]) -> bool:
        """Whether wechatpy finds the plain signature right."""
        try:
            check_signature(self.token, query["signature"], query["timestamp"], query["nonce"])
        except InvalidSignatureException:
            return False
        return True
