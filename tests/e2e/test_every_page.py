"""Every page as everybody who may see it.

axe in light on a desk and in dark on a phone, no sideways scroll, and nothing in the console,
where a breach of the content policy would show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.e2e.conftest import enter
from tests.e2e.places import LOOKERS, PAGES, can_be_shown, pages, things
from tests.operations.running import Site
from tests.web.routes import ROUTES

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

WIDE, PHONE, NARROW = 1440, 390, 320
RUN_AXE = """async () => {
    const found = await axe.run({ resultTypes: ["violations"] });
    return found.violations.map((one) => `${one.id} ${one.nodes[0].html.slice(0, 140)}`);
}"""
REFUSED = ("no such page", "no way in")
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"
BELOW_THE_FRAME = """
    document.querySelector(".ws") !== null && innerWidth > 735
    && document.documentElement.scrollHeight > innerHeight
"""


@pytest.fixture(scope="session")
def found(site: Site) -> dict[str, Any]:
    return things(site)


@dataclass
class Walk:
    """One person's way through the site, with what is wrong on it and what was seen."""

    page: Page
    faults: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _hear(self, word: ConsoleMessage) -> None:
        if word.type == "error":
            self.said.append(word.text)

    def look_at(self, name: str, address: str) -> None:
        """Judge the page unless it sends elsewhere or isn't this person's."""
        if not self._is_shown(name, address):
            return
        self.seen.add(name)
        self.page.set_viewport_size({"width": WIDE, "height": 900})
        self.page.emulate_media(color_scheme="light")
        self.said.clear()
        answer = self.page.goto(address)
        assert answer is not None
        self._judge(name, answer.status)

    def _is_shown(self, name: str, address: str) -> bool:
        answer = self.page.request.get(address, max_redirects=0)
        is_page = "<html" in answer.text()[:300]
        return is_page and (answer.status == 200 or name in REFUSED)

    def _judge(self, name: str, status: int) -> None:
        if self.page.locator("code-editor").count():
            expect(self.page.locator("code-editor.ready").first).to_be_visible()
        self.page.evaluate(Axe().axe_script)
        self._blame(name, self.page.evaluate(RUN_AXE))
        if self.page.evaluate(BELOW_THE_FRAME):
            self._blame(name, ["the page scrolls behind the workspace"])
        self.page.emulate_media(color_scheme="dark")
        self.page.set_viewport_size({"width": PHONE, "height": 844})
        self._blame(f"{name}, dark phone", self.page.evaluate(RUN_AXE))
        self._blame(name, self._too_wide())
        self._blame(name, [word for word in self.said if status == 200 or "status of" not in word])

    def _too_wide(self) -> list[str]:
        wide = []
        for width in (PHONE, NARROW):
            self.page.set_viewport_size({"width": width, "height": 844})
            if self.page.evaluate(SIDEWAYS):
                wide.append(f"scrolls sideways at {width}")
        return wide

    def _blame(self, name: str, faults: list[str]) -> None:
        self.faults += [f"{name}: {fault}" for fault in faults]


@pytest.fixture
def context_of(browser: Browser, site: Site) -> Iterator[Any]:
    """A browser of their own for one of the cast, signed in."""
    opened: list[BrowserContext] = []

    def of(who: str) -> Page:
        context = browser.new_context(reduced_motion="reduce")  # colours change at once
        opened.append(context)
        page = context.new_page()
        if who != "visitor":
            enter(page, site, who)
        return page

    yield of
    for context in opened:
        context.close()


SEEN: dict[str, set[str]] = {}


@pytest.mark.parametrize("who", LOOKERS)
def test_nothing_on_any_page_stands_in_their_way(
    context_of: Any, site: Site, found: dict[str, Any], who: str
) -> None:
    walk = Walk(page=context_of(who))
    for name, address in pages(who, found).items():
        walk.look_at(name, site.url + address)
    SEEN[who] = walk.seen
    assert "\n".join(walk.faults) == ""


def test_every_page_of_the_table_was_looked_at(found: dict[str, Any]) -> None:
    """A page that the demo has nothing to show on would pass by without being judged."""
    if set(SEEN) != set(LOOKERS):
        pytest.skip("needs the walks above in the same run")
    shown = {name for name in PAGES if "200" in ROUTES[name] and can_be_shown(name, found)}
    assert shown - set[str]().union(*SEEN.values()) == set()
