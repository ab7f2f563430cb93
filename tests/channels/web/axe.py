"""axe-core, the accessibility checker, run in a page: what it finds wrong."""

from importlib.resources import files

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""Every rule of WCAG 2.0 to 2.2, AAA too, and what axe's makers hold to be good practice."""

_SOURCE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[str]:
    """The rules that a page breaks, each with the elements that break it."""
    found = page.evaluate(f"{_SOURCE}; axe.run(document, {{runOnly: {RULES}, resultTypes: ['violations']}})")
    return [f"{rule['id']}: {[node['html'] for node in rule['nodes']]}" for rule in found["violations"]]
