"""Speed and weight of the residents' pages, as a slow phone on a slow line sees them.

`python -m benchmarks.pages`: starts the service on the shipped knowledge, drives Debian's Chromium with the
processor slowed down six times and a line of 1.6 Mbit/s and 150 ms, and prints the median of several visits.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
QUESTION = "厦门高级社会工作师奖金是多少"
PORT = 18_437

SLOWDOWN = 6
LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
"""1.6 Mbit/s down and 0.75 up with 150 ms: Lighthouse's slow 4G."""

TARGETS = {"FCP ms": 1000.0, "LCP ms": 1500.0, "CLS": 0.0, "INP ms": 100.0, "KB": 40.0}

WATCH = """
  window.seen = {fcp: 0, lcp: 0, cls: 0, inp: 0};
  function watch(type, more, take) {
    new PerformanceObserver(function (list) { list.getEntries().forEach(take); })
      .observe(Object.assign({type: type, buffered: true}, more));
  }
  watch('paint', {}, function (e) { if (e.name === 'first-contentful-paint') { seen.fcp = e.startTime; } });
  watch('largest-contentful-paint', {}, function (e) { seen.lcp = e.startTime; });
  watch('layout-shift', {}, function (e) { if (!e.hadRecentInput) { seen.cls += e.value; } });
  watch('event', {durationThreshold: 16}, function (e) {
    if (e.interactionId) { seen.inp = Math.max(seen.inp, e.duration); }
  });
"""
"""Web vitals, as web.dev defines them; INP is the longest of few interactions."""


@dataclass(frozen=True)
class Visit:
    """What a visit measured: milliseconds, shift, KB over the line, requests."""

    figures: dict[str, float]


@contextmanager
def _service() -> Iterator[str]:
    """The address of the service on a port of loopback."""
    with tempfile.TemporaryDirectory() as data:
        environment = os.environ | {"PORT": str(PORT), "DATA_DIR": data, "WORKERS": "1"}
        process = subprocess.Popen([sys.executable, "webhook.py"], env=environment, stderr=subprocess.DEVNULL)
        try:
            _wait_for(f"http://127.0.0.1:{PORT}/readyz")
            yield f"http://127.0.0.1:{PORT}"
        finally:
            process.terminate()
            process.wait()


def _wait_for(address: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=1)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def _slow_page(browser: Browser) -> tuple[Page, list[float]]:
    """A page of a slow phone with an empty cache, and the bytes of each response."""
    page = browser.new_context(
        locale="zh-CN", viewport={"width": 390, "height": 844}, has_touch=True
    ).new_page()
    page.add_init_script(WATCH)
    session, sizes = page.context.new_cdp_session(page), list[float]()
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    return page, sizes


def visit(browser: Browser, address: str) -> Visit:
    """Opens the first page, types a question, reads the answer, judges it."""
    page, sizes = _slow_page(browser)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(500)
    first, loaded = page.evaluate("JSON.parse(JSON.stringify(window.seen))"), list(sizes)
    page.locator("#q").tap()
    page.keyboard.type(QUESTION)
    page.get_by_role("button", name="发送").tap()
    page.locator(".answer").wait_for()
    page.locator("summary", has_text="复制带出处").first.tap()
    page.get_by_role("button", name="有用").first.tap()
    page.locator(".thanks").wait_for()
    page.wait_for_timeout(500)
    seen = page.evaluate("window.seen")
    page.context.close()
    return Visit(
        {
            "FCP ms": first["fcp"],
            "LCP ms": first["lcp"],
            "CLS": seen["cls"],
            "INP ms": seen["inp"],
            "KB": sum(loaded) / 1024,
            "requests": len(loaded),
        }
    )


def bare(browser: Browser, address: str) -> float:
    """FCP in ms of a line of text from the same service: what this machine and line take at least."""
    page, _ = _slow_page(browser)
    page.goto(f"{address}/healthz", wait_until="load")
    page.wait_for_timeout(500)
    first: float = page.evaluate("window.seen.fcp")
    page.context.close()
    return first


def main() -> None:
    """Prints the medians beside the targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=5)
    visits = parser.parse_args().visits
    assert Path(CHROMIUM).exists(), "apt-get install chromium"
    with _service() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        floor = median(bare(browser, address) for _ in range(visits))
        found = [visit(browser, address) for _ in range(visits)]
        browser.close()
    print(f"a line of text alone: FCP {floor:.0f} ms")
    print(f"{'':10}{'median':>10}{'worst':>10}{'target':>10}")
    for name in found[0].figures:
        figures = [one.figures[name] for one in found]
        print(f"{name:10}{median(figures):10.3f}{max(figures):10.3f}{TARGETS.get(name, float('nan')):10.1f}")


if __name__ == "__main__":
    main()
