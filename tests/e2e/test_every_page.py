"""Every page as everybody who may see it.

axe in light on a desk and in dark on a phone, no sideways scroll, and nothing in the console,
where a breach of the content policy would show.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.conftest import enter
from tests.e2e.looking import Walk
from tests.e2e.places import LOOKERS, PAGES, can_be_shown, pages, things
from tests.operations.running import Site
from tests.web.routes import ROUTES

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


@pytest.fixture(scope="session")
def found(site: Site) -> dict[str, Any]:
    return things(site)


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
