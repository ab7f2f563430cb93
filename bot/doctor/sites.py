"""Whether the addresses of kiosks and halls are known, from which many people ask."""

from collections.abc import Iterator

from bot.content.sites import SITES_FILE, Network, Site, read_sites
from bot.doctor.finding import Diagnosis, Patient, advice, good
from bot.errors import KnowledgeError

MOST_ADDRESSES = 1 << 12
"""Of a network of one site; more is a whole provider, and no limit holds for anybody there."""


def examine_sites(patient: Patient) -> Iterator[Diagnosis]:
    """Findings on the networks that may ask without limit. `check` finds errors in the file itself."""
    path = patient.settings.knowledge_dir / SITES_FILE
    if not path.exists():
        return
    try:
        sites = read_sites(path)
    except KnowledgeError:
        return
    found = [finding for site in sites.values() for finding in _of(site)]
    yield from found
    limit = patient.settings.ask_per_minute
    without = [site.name for site in sites.values() if not site.addresses]
    if without and limit and patient.settings.public_url:
        names = "、".join(without[:3]) + (f" 等 {len(without)} 个" if len(without) > 3 else "")
        said = f"{names}没有写 addresses：那里一分钟只能问 {limit} 次，人多时会被挡"
        yield advice("站点", said, f"把那里上网的出口地址写进 {path}；没有自助机、大厅的不用写")
    elif sites and not found:
        yield good("站点", f"{len(sites)} 个")


def _of(site: Site) -> Iterator[Diagnosis]:
    """Findings on networks that are too large, or that nobody asks from."""
    todo = "写那里上网的出口地址，如 203.0.113.7，或小的网段，如 203.0.113.0/28"
    for network in site.addresses:
        if network.version == 4 and network.num_addresses > MOST_ADDRESSES:
            yield advice("站点", f"{site.name} 的 {network} 太大：从里面提问的都不限次数", todo)
        elif _is_nobodys(network):
            yield advice("站点", f"{site.name} 的 {network} 不会是提问的地址", todo)


def _is_nobodys(network: Network) -> bool:
    return network.is_multicast or network.is_unspecified or network.is_loopback
