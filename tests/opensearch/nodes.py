"""Real nodes of OpenSearch on loopback, from Maven Central: started, killed, frozen and started again.

Plain jars with a class path, no archive of a distribution: `pom.xml` names them. There is no security plugin
among them, so passwords and certificates are tested at a proxy in front.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

VERSION = "2.19.6"
DATA_NODES = 2
HEAP = "-Xms512m", "-Xmx512m"
LIGHT = "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss1m"  # half of the processor time of a start
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"

MODULES = {
    "transport-netty4": (
        "org.opensearch.transport.Netty4Plugin",
        "",
        ('java.net.SocketPermission "*", "accept,connect"',),
        ("netty-*", "transport-netty4-*"),
    ),
    "lang-painless": (
        "org.opensearch.painless.PainlessPlugin",
        "",
        (
            'java.lang.RuntimePermission "getClassLoader"',
            'java.lang.RuntimePermission "createClassLoader"',
        ),
        ("lang-painless-*", "opensearch-scripting-*", "asm-*", "antlr4-*"),
    ),
    "analysis-common": (
        "org.opensearch.analysis.common.CommonAnalysisPlugin",
        "lang-painless",
        (),
        ("analysis-common-*",),
    ),
}
"""Class, module that is extended, permissions, jars. The jars hold neither descriptor nor policy."""

LOGGING = """\
appender.c.type=Console
appender.c.name=c
appender.c.layout.type=PatternLayout
appender.c.layout.pattern=[%d{ISO8601}][%p][%c{1.}] %m%n
rootLogger.level=info
rootLogger.appenderRef.c.ref=c
"""


def why_not() -> str | None:
    """Why no node can be started here; None: it can."""
    missing = [name for name in ("java", "mvn", "setpriv") if shutil.which(name) is None]
    if missing:
        return f"no {', '.join(missing)}: install openjdk-17-jre-headless and maven to start OpenSearch"
    if not Path("~/.m2/repository/org/opensearch/opensearch").expanduser().is_dir():
        return "OpenSearch is not in ~/.m2: run tests/opensearch/fetch.sh once, 63 MB and a minute or two"
    return None


def install(home: Path) -> None:
    """Copies the jars into a home that nodes share."""
    lib = home / "lib"
    pom = Path(__file__).with_name("pom.xml")
    goal = [COPY, f"-DoutputDirectory={lib}", "-DincludeScope=runtime"]
    subprocess.run(["mvn", "-B", "-q", "-ntp", "-o", "-f", pom, *goal], check=True, timeout=600)
    for name, (kind, extended, permissions, jars) in MODULES.items():
        module = home / "modules" / name
        module.mkdir(parents=True)
        for pattern in jars:
            for jar in lib.glob(pattern):
                jar.rename(module / jar.name)
        about = {"name": name, "description": name, "version": VERSION, "opensearch.version": VERSION}
        about |= {"java.version": "11", "classname": kind, "extended.plugins": extended}
        lines = "".join(f"{key}={value}\n" for key, value in about.items())
        (module / "plugin-descriptor.properties").write_text(lines)
        if permissions:
            granted = "".join(f"permission {each};\n" for each in permissions)
            (module / "plugin-security.policy").write_text(f"grant {{ {granted} }};\n")
    for name in ("plugins", "bin"):
        (home / name).mkdir()


def free_ports(count: int) -> list[int]:
    """Ports that nobody uses now."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Nodes:
    """A cluster of two nodes that hold data. `urls`: where these answer.

    Args:
        count: 3: one more node, which only manages.
    """

    def __init__(self, root: Path, count: int = 2) -> None:
        self._root = root
        self._home = root / "home"
        self._count = count
        ports = free_ports(2 * count)
        self._http, self._transport = ports[:count], ports[count:]
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self.urls = [f"http://127.0.0.1:{port}" for port in self._http[:DATA_NODES]]

    def start(self, number: int) -> None:
        """Starts a node, counted from 0; it keeps the data that it had."""
        own = self._root / f"n{number}"
        for name in ("config", "data", "logs", "tmp"):
            (own / name).mkdir(parents=True, exist_ok=True)
        (own / "config" / "opensearch.yml").write_text(json.dumps(self._settings(number, own)))
        (own / "config" / "log4j2.properties").write_text(LOGGING)
        drop = []
        if os.getuid() == 0:  # it refuses to run as root
            subprocess.run(["chown", "-R", "nobody:nogroup", own], check=True)
            drop = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        options = {
            "java.io.tmpdir": own / "tmp",
            "jna.tmpdir": own / "tmp",
            "jna.nosys": "true",
            "file.encoding": "UTF-8",
            "java.security.manager": "allow",
            "io.netty.noUnsafe": "true",
            "log4j2.disable.jmx": "true",
            "opensearch.path.home": self._home,
            "opensearch.path.conf": own / "config",
        }
        java = ["java", *HEAP, *LIGHT, *(f"-D{key}={value}" for key, value in options.items())]
        command = [*drop, *java, "-cp", f"{self._home}/lib/*", "org.opensearch.bootstrap.OpenSearch"]
        with (own / "logs" / "out.log").open("ab") as log:
            self._processes[number] = subprocess.Popen(
                command, cwd=own, env={**os.environ, "HOME": str(own)}, stdout=log, stderr=log
            )

    def _settings(self, number: int, own: Path) -> dict[str, object]:
        only = {"node.roles": ["cluster_manager"]} if number >= DATA_NODES else {}
        return {
            **only,
            "cluster.name": "test",
            "node.name": f"n{number}",
            "path.data": str(own / "data"),
            "path.logs": str(own / "logs"),
            "network.host": "127.0.0.1",
            "http.port": self._http[number],
            "transport.port": self._transport[number],
            "discovery.seed_hosts": [f"127.0.0.1:{port}" for port in self._transport],
            "cluster.initial_cluster_manager_nodes": [f"n{each}" for each in range(self._count)],
            "cluster.routing.allocation.disk.threshold_enabled": False,
            "action.auto_create_index": False,
        }

    def wait_until_green(self, seconds: float = 180) -> None:
        """Waits until all nodes are there and hold everything."""
        until = time.monotonic() + seconds
        asked = f"/_cluster/health?wait_for_nodes={self._count}&wait_for_status=green&timeout=5s"
        while time.monotonic() < until:
            for url in self.urls:
                with suppress(OSError), urllib.request.urlopen(url + asked, timeout=10) as answer:
                    if not json.load(answer)["timed_out"]:
                        return
            dead = [number for number, process in self._processes.items() if process.poll() is not None]
            assert not dead, self.log(dead[0])
        raise AssertionError(self.log(0))

    def manager(self) -> int:
        """The number of the node that manages the cluster."""
        with urllib.request.urlopen(self.urls[0] + "/_cat/cluster_manager?h=node", timeout=10) as answer:
            return int(answer.read().decode().strip().removeprefix("n"))

    def searches(self) -> list[int]:
        """How many searches each node has begun; 0 for one that does not answer."""
        return [self._searches(url) for url in self.urls]

    def _searches(self, url: str) -> int:
        asked = f"{url}/_nodes/_local/stats/indices/search"
        try:
            with urllib.request.urlopen(asked, timeout=1) as answer:
                (node,) = json.load(answer)["nodes"].values()
        except OSError:
            return 0
        return int(node["indices"]["search"]["query_total"])

    def kill(self, number: int) -> None:
        """Ends a node at once, as a power cut would."""
        self._processes[number].kill()
        self._processes[number].wait()

    def freeze(self, number: int) -> None:
        """Stops a node without ending it: its connections stay open, and nothing comes."""
        self._processes[number].send_signal(signal.SIGSTOP)

    def thaw(self, number: int) -> None:
        """Lets a frozen node go on."""
        self._processes[number].send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """Ends all nodes."""
        for process in self._processes.values():
            process.kill()
            process.wait()

    def log(self, number: int) -> str:
        """The end of what a node has logged."""
        return (self._root / f"n{number}" / "logs" / "out.log").read_text(errors="replace")[-2000:]


@contextmanager
def running(count: int = 2) -> Iterator[Nodes]:
    """Nodes that are green; they end with the block, and their data with them."""
    with tempfile.TemporaryDirectory(prefix="opensearch") as folder:
        root = Path(folder)
        root.chmod(0o755)  # the nodes run as nobody where the tests run as root
        install(root / "home")
        nodes = Nodes(root, count)
        try:
            for number in range(count):
                nodes.start(number)
            nodes.wait_until_green()
            yield nodes
        finally:
            nodes.stop()
