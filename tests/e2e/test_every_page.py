"""Every page as its people see it: no barrier, nothing sideways, nothing too heavy."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.operations.running import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

UNIT = "/learn/just-enough-python/read-it-line-by-line/"
FIND = """
import json
from countersign.cohorts.models import Cohort, Enrolment
from countersign.grading.models import Result
autumn = Cohort.objects.unscoped().get(name="Autumn intake")
places = Enrolment.objects.unscoped().filter(cohort=autumn)
result = Result.objects.unscoped().filter(
    submission__attempt__enrolment__in=places, status="failed"
).first()
shares = places.filter(sharing="work").first()
private = places.filter(sharing="participation").first()
print(json.dumps({
    "cohort": str(autumn.pk), "shares": str(shares.pk), "private": str(private.pk),
    "submission": str(result.submission_id),
    "exercise": str(result.submission.attempt.version.exercise_id),
}))
"""
PAGES = {
    "visitor": [
        "/", "/try/", "/courses/just-enough-python/", "/sign-in/", "/sign-up/", "/password/",
        "/about/how-grading-works/", "/about/privacy/", "/about/accessibility/",
        "/there-is-nothing-here/",
    ],
    "ada": [
        "/learn/", "/courses/just-enough-python/", UNIT, UNIT + "a-branch-asks-one-question/",
        UNIT + "ticket-price/", UNIT + "ticket-price/attempts/", UNIT + "ticket-price/attempts/1/",
        UNIT + "what-comes-back/", UNIT + "no-nights-no-bill/", "/me/skills/",
        "/me/skills/read.trace/", "/me/sharing/", "/me/settings/",
    ],
    "ben": [
        "/teach/", "/teach/cohorts/{cohort}/", "/teach/cohorts/{cohort}/people/{shares}/",
        "/teach/submissions/{submission}/", "/teach/exercises/", "/teach/exercises/{exercise}/",
    ],
    "eve": [
        "/org/", "/org/{cohort}/", "/org/{cohort}/people/{shares}/",
        "/org/{cohort}/people/{private}/",
    ],
    "olu": ["/manage/", "/manage/runs/", "/manage/audit/", "/manage/people/", "/manage/orgs/"],
}  # fmt: skip
ALL = [(who, path) for who, paths in PAGES.items() for path in paths]
LOOKS = [(1440, "light"), (390, "dark")]
KILOBYTE = 1024


@pytest.fixture(scope="session")
def things(site: Site) -> dict[str, str]:
    found: dict[str, str] = site.ask(FIND)
    return found


@pytest.fixture(scope="session")
def states(browser: Browser, site: Site) -> dict[str, str]:
    """Each person's signed-in browser, made once."""
    signed_in = {}
    for who in PAGES:
        context = browser.new_context()
        if who != "visitor":
            page = context.new_page()
            page.goto(f"{site.url}/sign-in/")
            page.fill("input[name=login]", f"{who}@demo.example")
            page.fill("input[name=password]", "countersign-demo")
            page.keyboard.press("Enter")
            page.wait_for_url(lambda address: "/sign-in/" not in address)
        signed_in[who] = context.storage_state()
        context.close()
    return signed_in  # type: ignore[return-value]


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


@pytest.mark.parametrize(("who", "path"), ALL)
def test_a_page_has_no_barrier_and_fits(
    browser: Browser,
    site: Site,
    things: dict[str, str],
    states: dict[str, str],
    contexts: list[BrowserContext],
    who: str,
    path: str,
) -> None:
    for width, scheme in LOOKS:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            storage_state=states[who],
        )
        contexts.append(context)
        page = context.new_page()
        complaints = _complaints(page)
        page.goto(site.url + path.format(**things))
        page.wait_for_load_state("networkidle")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert _sideways(page) <= 0, f"{path} scrolls sideways at {width}"
        assert [said for said in complaints if "404" not in said] == []


def _complaints(page: Page) -> list[str]:
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def _sideways(page: Page) -> int:
    width: int = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width


@pytest.mark.parametrize(
    ("who", "path", "scripts"),
    [
        ("visitor", "/about/privacy/", 25),
        ("ada", UNIT + "ticket-price/", 175),
        ("ben", "/teach/", 25),
        ("eve", "/org/{cohort}/", 25),
    ],
)
def test_a_page_keeps_its_budget(
    browser: Browser,
    site: Site,
    things: dict[str, str],
    states: dict[str, str],
    contexts: list[BrowserContext],
    who: str,
    path: str,
    scripts: int,
) -> None:
    """Kilobytes after gzip of what a cold visit loads; the editor's chunk counts with its page."""
    context = browser.new_context(storage_state=states[who])
    contexts.append(context)
    page = context.new_page()
    loaded: list[Response] = []
    page.on("response", loaded.append)
    page.goto(site.url + path.format(**things))
    page.wait_for_load_state("networkidle")
    sizes: dict[str, int] = {}
    for response in loaded:
        kind = response.request.resource_type
        sizes[kind] = sizes.get(kind, 0) + _weight(response)
    assert sizes.get("script", 0) <= scripts * KILOBYTE
    assert sizes["stylesheet"] <= 14 * KILOBYTE
    assert sizes.get("font", 0) <= 75 * KILOBYTE
    assert sizes["document"] <= 45 * KILOBYTE
    assert len(loaded) <= 16


def _weight(response: Response) -> int:
    body = response.body()
    return len(body) if response.request.resource_type == "font" else len(gzip.compress(body))
