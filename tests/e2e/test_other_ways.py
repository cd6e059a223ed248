"""The main job without scripts, without an account, and without a pointer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import SignIn, enter
from tests.e2e.workspace import LONG, hand_in, open_exercise, outcome, submit, write
from tests.operations.running import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

UNIT = "/learn/just-enough-python/read-it-line-by-line/"
RIGHT = "def ticket_price(age):\n    return 0 if age < 6 else 60 if age < 18 else 120\n"
WRONG = RIGHT.replace("age < 6", "age <= 6")
RUN = "#run"


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_lesson_is_read_without_scripts(plain: Page, site: Site) -> None:
    enter(plain, site, "zoe")
    plain.goto(f"{site.url}{UNIT}a-branch-asks-one-question/")
    expect(plain.get_by_role("heading", level=1)).to_be_visible()
    choice = plain.locator(".predict-first label").first
    choice.click()
    expect(plain.locator(".predict-first .why").first).to_be_visible()
    expect(plain.get_by_role("link", name=re.compile("^To the exercise"))).to_be_visible()


def test_code_is_handed_in_and_judged_without_scripts(plain: Page, site: Site) -> None:
    enter(plain, site, "zoe")
    plain.goto(f"{site.url}{UNIT}ticket-price/")
    before = int(plain.locator(RUN).get_attribute("data-attempt") or 0)
    plain.locator("code-editor textarea").first.fill(WRONG)
    plain.get_by_role("button", name=re.compile("^Submit")).click()
    _load_until_judged(plain, before + 1)
    expect(plain.locator(RUN)).to_have_attribute("data-stage", "failed")
    expect(plain.locator(RUN)).to_contain_text("of 9 checks pass")


def test_questions_are_answered_without_scripts(plain: Page, site: Site) -> None:
    enter(plain, site, "zoe")
    plain.goto(f"{site.url}{UNIT}which-value-now/?again")
    before = int(plain.locator(RUN).get_attribute("data-attempt") or 0)
    for question in plain.locator("form.quiz fieldset.question").all():
        box = question.locator("input[type=radio]:not([name$='.sure']), input[type=checkbox]")
        if box.count():
            box.first.check()
    plain.get_by_role("button", name=re.compile("^Check my answer")).click()
    _load_until_judged(plain, before + 1)
    expect(plain.locator(RUN)).to_have_attribute("data-stage", re.compile("^(passed|failed)$"))


def _load_until_judged(page: Page, attempt: int) -> None:
    """Without scripts a person loads the page again until the result is there."""
    here = page.url.partition("#")[0]
    for _ in range(60):
        run = page.locator(RUN)
        moving = run.get_attribute("data-stage") in ("queued", "running", "waiting")
        if run.get_attribute("data-attempt") == str(attempt) and not moving:
            return
        page.wait_for_timeout(1000)
        page.goto(here)
    raise AssertionError(f"attempt {attempt} was not judged in a minute")


def test_a_visitor_tries_the_exercise_on_the_first_page(page: Page, site: Site) -> None:
    open_exercise(page, site.url)
    write(page, WRONG)
    found = submit(page)
    assert found.stage == "failed"
    write(page, RIGHT)
    assert submit(page).stage == "passed"
    go_on = page.locator(RUN).get_by_role("link", name=re.compile("go on"))
    expect(go_on).to_be_visible()
    page.reload()
    expect(page.locator(RUN)).to_have_attribute("data-stage", "passed")


def test_the_main_job_is_done_with_the_keyboard_alone(
    page: Page, site: Site, sign_in: SignIn
) -> None:
    sign_in("zoe")
    page.goto(f"{site.url}{UNIT}ticket-price/")
    expect(page.locator("code-editor.ready")).to_be_visible(timeout=LONG)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to your work")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("g")
    page.keyboard.press("w")
    expect(page.locator(".cm-content").first).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(WRONG)
    attempt = hand_in(page, lambda: _tab_to_submit(page))
    assert outcome(page, attempt).stage == "failed"
    page.keyboard.press("g")
    page.keyboard.press("r")
    expect(page.locator("#result")).to_be_focused()


def _tab_to_submit(page: Page) -> None:
    """Out of the editor and on with Tab, each stop with a ring, until the button is reached."""
    page.keyboard.press("Escape")
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(HAS_RING), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("document.activeElement.textContent.trim().startsWith('Submit')"):
            page.keyboard.press("Enter")
            return
    raise AssertionError("Submit is not reached by Tab")


HAS_RING = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
        || style.boxShadow !== "none";
}"""
