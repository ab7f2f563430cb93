"""`python -m benchmarks.chaos [--seed N] [--faults N] [--postgresql]`: 0 where every invariant held.

No message, vote or question that was acknowledged is lost, unless the log said at that moment that nothing
can be kept. No answer mixes editions or quotes an old one. Every start succeeds. Whoever has left is
forgotten. The log names every fault.

A seed gives the same faults in the same order; when the requests come between them, the machine decides.
"""

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from benchmarks.chaos.editions import Editions
from benchmarks.chaos.faults import FAULTS, Fault, Scene, is_latest
from benchmarks.chaos.judging import judge
from benchmarks.chaos.ledger import Ledger
from benchmarks.chaos.machine import Machine, NotRecoveredError, wait_until
from benchmarks.chaos.traffic import Traffic
from tests.records.postgresql import Server, run_server


def main(arguments: list[str] | None = None) -> int:
    """Runs the faults of a seed. The exit status."""
    chosen = _parsed(arguments)
    seed = chosen.seed if chosen.seed is not None else random.randrange(10**6)  # noqa: S311  # a seed
    print(f"seed {seed}{' postgresql' if chosen.postgresql else ''}", flush=True)
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder, _server(chosen.postgresql) as server:
        wrong = run(Path(folder), seed, _order(seed, chosen), server)
        if wrong and chosen.keep:
            Path(chosen.keep).write_bytes((Path(folder) / "log.txt").read_bytes())
    for problem, times in Counter(wrong).items():
        print(f"WRONG  {problem}{f', {times} times' if times > 1 else ''}")
    print(f"seed {seed}: {'every invariant held' if not wrong else f'{len(wrong)} wrong'}")
    return bool(wrong)


def run(folder: Path, seed: int, faults: list[Fault], server: Server | None = None) -> list[str]:
    """Lets faults happen to a service under traffic. The invariants that did not hold, in words."""
    machine = Machine(folder, server.new_database() if server else "")
    editions, ledger = Editions(machine.knowledge), Ledger()
    database = (lambda: server.crash(3.0)) if server else None
    scene = Scene(machine, editions, ledger, random.Random(seed), database)  # noqa: S311  # a seed
    print(f"  started in {machine.start():.1f} s", flush=True)
    traffic = Traffic(machine, editions, ledger, seed)
    try:
        for fault in faults:
            _let_happen(fault, scene)
        time.sleep(2)
    except NotRecoveredError as error:
        ledger.accuse(str(error))
    finally:
        traffic.stop()
        judge(machine, ledger, traffic)
        if status := machine.stop():
            ledger.accuse(f"the service ended with status {status}")
    print("  " + ", ".join(f"{what} {count}" for what, count in sorted(ledger.counted.items())))
    return ledger.wrong


def _let_happen(fault: Fault, scene: Scene) -> None:
    """A fault, the recovery from it, and what the log says. The next good edition is deployed meanwhile."""
    machine, editions = scene.machine, scene.editions
    written = machine.log.stat().st_size
    scene.hold(0.5, 1.5)
    started = time.monotonic()
    fault.happen(scene)
    editions.mend()
    wait_until(machine.is_ready, f"{fault.name}: the service is ready")
    wait_until(lambda: is_latest(machine, editions), f"{fault.name}: the latest edition answers")
    with machine.log.open("rb") as log:
        log.seek(written)
        said = log.read().decode("utf-8", "replace")
    if fault.named and not re.search(fault.named, said):
        scene.ledger.accuse(f"{fault.name}: the log does not say {fault.named}")
    if "Traceback" in said:
        scene.ledger.accuse(f"{fault.name}: a traceback in the log")
    print(f"  {fault.name}: over after {time.monotonic() - started:.1f} s", flush=True)


def _order(seed: int, chosen: argparse.Namespace) -> list[Fault]:
    """So many faults, each kind once before any comes again. PostgreSQL keeps the records elsewhere."""
    count = chosen.faults
    kinds = [fault for fault in FAULTS if not (chosen.postgresql and fault.is_of_sqlite)]
    chance = random.Random(seed)  # noqa: S311  # a seed
    order: list[Fault] = []
    while len(order) < count:
        order += chance.sample(kinds, len(kinds))
    return order[:count]


@contextmanager
def _server(is_wanted: bool) -> Iterator[Server | None]:  # as it was chosen
    with run_server() if is_wanted else nullcontext() as server:
        yield server


def _parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos")
    parser.add_argument("--seed", type=int, help="[default: one that is drawn, and printed]")
    parser.add_argument("--faults", type=int, default=len(FAULTS))
    parser.add_argument("--postgresql", action="store_true", help="records in PostgreSQL, which is killed")
    parser.add_argument("--keep", metavar="FILE", help="where to keep the log of a run that went wrong")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
