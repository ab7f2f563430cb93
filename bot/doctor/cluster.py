"""Whether each node of SEARCH_URL's cluster answers, and whether it holds the present knowledge folder."""

from collections.abc import Iterator

from bot.assembly import analyzer
from bot.content.library import load_library
from bot.doctor.finding import Diagnosis, Patient, advice, good, wrong
from bot.errors import ClusterError, KnowledgeError, SettingsError
from bot.policy.library import Library
from bot.search.engine.embedded.building import Corpus
from bot.search.engine.opensearch.opening import cluster_search, nodes_of
from bot.search.entry import Batches, Entries
from bot.settings import Settings

OLDEST_VERSION = 2
"""Of OpenSearch: with older ones nothing was tried."""

_TODO = {
    "certificate": "证书对不上：SEARCH_CA 要是签它的那张，地址要是证书上的名字；deploy/ 里有做证书的脚本",
    "unreachable": "看节点在不在运行、地址和端口对不对、防火墙通不通",
    "timeout": "节点连得上、答不了：看它的内存和磁盘，或者重启它",
    "status=401": "改对 SEARCH_USER、SEARCH_PASSWORD",
    "status=403": "这个用户没有权限；照 docs/scale.md 给它",
}


def examine_cluster(patient: Patient) -> Iterator[Diagnosis]:
    """Findings on the cluster; none if no cluster is set. Without it answers are the same, from DATA_DIR."""
    settings = patient.settings
    if not settings.search_url:
        return
    try:
        nodes = nodes_of(settings)
    except SettingsError as error:
        yield wrong("检索集群", f"SEARCH_URL 用不了，不能启动：{error}", "照 docs/scale.md 改，或者留空")
        return
    failed = 0
    for url, node in nodes.items():
        try:
            version = node.version()
        except ClusterError as error:
            failed += 1
            todo = _TODO.get(error.reason, "看节点的日志，见 docs/scale.md")
            yield advice("检索集群", f"{url} 问不到（{error.reason}）", todo)
            continue
        if int(version.partition(".")[0]) < OLDEST_VERSION:
            yield advice("检索集群", f"{url} 是 {version}，没有试过", f"换成 {OLDEST_VERSION}.x 以上")
        else:
            is_open = url.startswith("http://") and "127.0.0.1" not in url and "localhost" not in url
            how = "，明文" if is_open else ""
            yield good("检索集群", f"{url} 答得上，版本 {version}{how}")
    if failed < len(nodes):
        yield _agreement(settings)


def _agreement(settings: Settings) -> Diagnosis:
    """Whether the cluster holds the present texts of the folder."""
    try:
        problem = disagreement(settings, load_library(settings.knowledge_dir))
    except ClusterError as error:
        return advice("检索集群", f"看不了里面放的是哪一版（{error.reason}）", "看节点的日志")
    except KnowledgeError:
        return advice("检索集群", "知识用不了，没法对照", "先改好“知识”那一行说的")
    if problem:
        todo = "服务跑着，几分钟里会自己放进去；不行就运行 python -m bot index --to opensearch"
        return advice("检索集群", problem, todo)
    return good("检索集群", "里面就是知识文件夹现在这一版")


def disagreement(settings: Settings, library: Library) -> str:
    """What the cluster lacks of a library, in Chinese; empty: nothing, or there is no cluster.

    Raises:
        ClusterError: it does not answer.
    """
    search = cluster_search(settings)
    if search is None:
        return ""
    corpus = Corpus(Batches().of(library), analyzer(settings), settings.data_dir / "index")
    held = search.held(corpus)
    if held is None:
        return "没有知识文件夹现在这一版"
    return "" if held == len(Entries(corpus.batches)) else f"这一版只找到 {held} 条，不全"
