"""Whether the settings mean what their author intends."""

import difflib
import re
import stat
import sys
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.channels.table import check_channels
from bot.doctor.finding import Diagnosis, Patient, advice, good, wrong
from bot.errors import SettingsError
from bot.maintenance import maintenance_of
from bot.settings import Settings, foreign_names, variable

_NAMED = re.compile(r"setting '(\w+)'")

_TOKEN = re.compile(r"[0-9A-Za-z]{3,32}")
"""As the platforms' consoles take them."""

_PLATFORMS = {"wechat": "公众号", "wecom": "企业微信"}


def unusable(error: SettingsError) -> Diagnosis:
    """Findings on settings with which no service starts."""
    named = _NAMED.search(str(error))
    said = f"{named[1]} 写错了，不能启动" if named else "用不了，不能启动"
    return wrong("设置", f"{said}（{error}）", "照 README“设置”的表改环境变量或 .env 里的这一项")


def examine_settings(patient: Patient) -> Iterator[Diagnosis]:
    """Findings on lines of `.env` that no setting reads, and on other users who can read the file."""
    dotenv = patient.dotenv
    if not dotenv.exists():
        yield good("设置", "没有 .env，用环境变量和默认值")
        return
    names = [variable(field) for field in Settings.model_fields]
    for name in foreign_names(dotenv):
        near = difflib.get_close_matches(name, names, n=1)
        todo = f"是不是 {near[0]}？改名，或者删掉" if near else "删掉，或者照 .env.example 改名"
        yield advice("设置", f".env 里的 {name} 不是本服务的设置，没有用", todo)
    if sys.platform != "win32" and dotenv.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        yield advice("设置", ".env 别的用户也读得了，里面有口令", f"chmod 600 {dotenv}")
    yield good("设置", "都看得懂")


def examine_channels(patient: Patient) -> Iterator[Diagnosis]:
    """Findings on 公众号 and 企业微信, whose settings are easily left half filled."""
    settings = patient.settings
    try:
        check_channels(settings)
    except SettingsError as error:
        named = _NAMED.search(str(error))
        said = f"没有设全，不能启动：{named[1] if named else ''} 空着，或者写错了（{error}）"
        yield wrong("公众号、企业微信", said, "照 docs/wechat.md 填齐，或者全部留空")
        return
    values = settings.model_dump()
    for prefix, platform in _PLATFORMS.items():
        if not values[f"{prefix}_token"]:
            yield good(platform, "没有设，不用")
            continue
        yield good(platform, "设好了")
        yield from _what_the_platform_takes(platform, prefix, values[f"{prefix}_token"], settings.public_url)
        if not settings.public_url:
            said = "没有设 PUBLIC_URL，回复里没有“打开原文”的链接"
            yield advice(platform, said, "设成居民看到的网址")
        if not values[f"{prefix}_aes_key"]:
            said = "明文模式：谁看到一个网址，就能冒充别人发消息"
            yield advice(platform, said, f"在后台改成安全模式，设 {prefix.upper()}_AES_KEY")


def _what_the_platform_takes(platform: str, prefix: str, token: str, public_url: str) -> Iterator[Diagnosis]:
    """Findings on what the platform's console refuses: some tokens, and addresses outside the internet."""
    if not all(_TOKEN.fullmatch(each.strip()) for each in token.split(",")):
        said = f"{prefix.upper()}_TOKEN 有 32 位以上，或者不全是字母和数字：后台填不进去"
        yield advice(platform, said, "用 openssl rand -hex 16 做一个，两边填一样的")
    host = urlsplit(public_url).hostname or ""
    if host and _is_inside(host):
        yield advice(platform, f"PUBLIC_URL 是 {host}，从外面打不开", "设成居民看到的网址")


def _is_inside(host: str) -> bool:
    """Whether a host belongs to this machine or its own network."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return host == "localhost" or "." not in host


def examine_exposure(patient: Patient) -> Iterator[Diagnosis]:
    """Findings on what everybody can reach, and on a maintenance notice that somebody forgot."""
    settings = patient.settings
    if (
        settings.public_url
        and not settings.trusted_proxies
        and settings.host in ("127.0.0.1", "localhost", "::1")
    ):
        said = "有 PUBLIC_URL、只听本机，而 TRUSTED_PROXIES=0：提问的人都像是本机，次数的上限不起作用"
        yield advice("代理", said, "前面有一层 nginx 就设 TRUSTED_PROXIES=1")
    if settings.public_url.startswith("http://"):
        yield advice(
            "网址", "PUBLIC_URL 是 http，居民的问题一路明文", "前面放 nginx 管 HTTPS，见 docs/operation.md"
        )
    if maintenance_of(settings).is_on():
        yield advice(
            "维护", "挂着“系统正在维护”，居民问什么都不回答", "做完了就 python -m bot maintenance off"
        )
