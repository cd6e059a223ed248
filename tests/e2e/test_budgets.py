"""What a first visit costs: bytes over the wire, requests, elements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import enter
from tests.e2e.places import things
from tests.operations.running import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

KB = 1024
EDITOR = "editor.js"


@dataclass(frozen=True, kw_only=True)
class Budget:
    """The most that a page may take: kilobytes after compression, and counts."""

    scripts: float
    html: float
    requests: int
    elements: int
    styles: float = 14
    fonts: float = 75
    font_files: int = 3


PAGE = Budget(scripts=25, html=30, requests=12, elements=1500)
DASHBOARD = Budget(scripts=25, html=45, requests=12, elements=1500)
WORKSPACE = Budget(scripts=45, html=20, requests=16, elements=2500)
EDITOR_CHUNK = 130 * KB

UNIT = "/learn/just-enough-python/read-it-line-by-line"
COLD = {
    "first page": ("visitor", "/", WORKSPACE),
    "course": ("visitor", "/courses/just-enough-python/", PAGE),
    "sign in": ("visitor", "/sign-in/", PAGE),
    "lesson": ("ada", f"{UNIT}/a-branch-asks-one-question/", PAGE),
    "home": ("ada", "/learn/", PAGE),
    "code": ("ada", f"{UNIT}/ticket-price/", WORKSPACE),
    "questions": ("ada", f"{UNIT}/which-branch/", WORKSPACE),
    "teaching": ("ben", "/teach/", DASHBOARD),
    "roster": ("ben", "/teach/cohorts/{cohort_id}/", DASHBOARD),
    "overview": ("eve", "/org/{cohort_id}/", DASHBOARD),
    "health": ("olu", "/manage/", DASHBOARD),
}


@dataclass
class Cost:
    """What one cold visit loaded, by kind of resource, without headers, as the network
    counted it."""

    size: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    files: Counter[str] = field(default_factory=Counter)
    editor: float = 0
    elements: int = 0
    _kinds: dict[str, tuple[str, str, float]] = field(default_factory=dict)

    def began(self, event: dict[str, Any]) -> None:
        head = event["response"]["encodedDataLength"]
        self._kinds[event["requestId"]] = (event["type"], event["response"]["url"], head)

    def ended(self, event: dict[str, Any]) -> None:
        kind, url, head = self._kinds.get(event["requestId"], ("Other", "", 0))
        self.files[kind] += 1
        if EDITOR in url:
            self.editor += event["encodedDataLength"] - head
        else:
            self.size[kind] += event["encodedDataLength"] - head


def visit(browser: Browser, site: Site, who: str, address: str) -> Cost:
    """Load a page with nothing in the cache."""
    context = browser.new_context()
    page = context.new_page()
    if who != "visitor":
        enter(page, site, who)
    wire = context.new_cdp_session(page)
    cost = Cost()
    wire.on("Network.responseReceived", cost.began)
    wire.on("Network.loadingFinished", cost.ended)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(site.url + address, wait_until="networkidle")
    if page.locator("code-editor").count():
        expect(page.locator("code-editor.ready").first).to_be_visible()
    cost.elements = page.evaluate("document.querySelectorAll('*').length")
    context.close()
    return cost


@pytest.mark.parametrize("name", COLD)
def test_a_first_visit_stays_within_its_budget(
    browser: Browser,
    site: Site,
    record_property: Callable[[str, object], None],
    name: str,
) -> None:
    who, address, budget = COLD[name]
    if "{" in address:
        address = address.format(**things(site))
    cost = visit(browser, site, who, address)
    measured = {
        "scripts": (cost.size["Script"] / KB, budget.scripts),
        "styles": (cost.size["Stylesheet"] / KB, budget.styles),
        "html": (cost.size["Document"] / KB, budget.html),
        "fonts": (cost.size["Font"] / KB, budget.fonts),
        "font files": (cost.files["Font"], budget.font_files),
        "editor": (cost.editor / KB, EDITOR_CHUNK / KB),
        "requests": (cost.files.total(), budget.requests),
        "elements": (cost.elements, budget.elements),
    }
    record_property("measured", {what: round(spent, 1) for what, (spent, _) in measured.items()})
    assert cost.size["Document"] > 0, "the page itself was counted"
    over = {what: pair for what, pair in measured.items() if pair[0] > pair[1]}
    assert over == {}
