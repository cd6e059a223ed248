"""A learner hands code in and sees what was found: the whole product, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.operations.running import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

TICKET = "/learn/just-enough-python/read-it-line-by-line/ticket-price/"
EDITOR = ".cm-content >> nth=0"
RESULT = "#run"
RIGHT = """\
def ticket_price(age):
    if age < 6:
        return 0
    if age < 18:
        return 60
    return 120
"""
SignIn = Callable[[str], None]


def write(page: Page, code: str) -> None:
    """Replace what stands in the editor, as a person pastes it."""
    editor = page.locator(EDITOR)
    expect(editor).to_be_visible()
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(code)


def open_exercise(page: Page, site: Site) -> None:
    page.goto(site.url + TICKET)
    expect(page.locator("code-editor.ready")).to_be_visible()


def verdict(page: Page) -> str:
    """The words of the result once it is there."""
    region = page.locator(RESULT)
    expect(region).to_contain_text(
        re.compile("checks pass|can’t read|Python can|stopped"), timeout=30_000
    )
    return region.inner_text()


def test_the_verdict_appears_without_a_reload(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in("zoe")
    open_exercise(page, site)
    write(page, RIGHT)
    page.evaluate("window.stayed = true")
    page.keyboard.press("Control+Enter")
    assert "9" in verdict(page)
    assert page.evaluate("window.stayed")


def test_a_wrong_answer_is_told_which_rule_and_nothing_hidden(
    page: Page, site: Site, sign_in: SignIn
) -> None:
    sign_in("zoe")
    open_exercise(page, site)
    write(page, RIGHT.replace("age < 6", "age <= 6"))
    page.keyboard.press("Control+Enter")
    words = verdict(page)
    assert re.search(r"\d\s+of 9 checks pass", words)
    assert "ticket_price(5)" not in page.content()


def test_code_that_does_not_parse_names_its_line(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in("zoe")
    open_exercise(page, site)
    write(page, "def ticket_price(age)\n    return 0\n")
    page.keyboard.press("Control+Enter")
    assert "line 1" in verdict(page).lower()


def test_an_endless_loop_is_stopped_and_said(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in("zoe")
    open_exercise(page, site)
    write(page, "def ticket_price(age):\n    while True:\n        pass\n")
    page.keyboard.press("Control+Enter")
    expect(page.locator(RESULT)).to_contain_text("seconds", timeout=60_000)


def test_a_reload_while_it_runs_finds_the_result(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in("zoe")
    open_exercise(page, site)
    write(page, RIGHT + "# once more\n")
    page.keyboard.press("Control+Enter")
    expect(page.locator(RESULT)).to_contain_text("Attempt")
    page.reload()
    assert "9" in verdict(page)


def test_what_is_typed_survives_a_reload(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in("zoe")
    open_exercise(page, site)
    write(page, RIGHT + "# not handed in yet\n")
    expect(page.locator("[data-draft-status]")).to_contain_text("Saved")
    page.reload()
    expect(page.locator(EDITOR)).to_contain_text("not handed in yet")


def test_it_all_works_without_javascript(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/sign-in/")
    page.fill("input[name=login]", "zoe@demo.example")
    page.fill("input[name=password]", "countersign-demo")
    page.keyboard.press("Enter")
    page.goto(site.url + TICKET)
    page.fill("textarea >> nth=0", RIGHT + "# without scripts\n")
    page.get_by_role("button", name=re.compile("Submit")).click()
    for _ in range(30):
        if re.search(r"9\s+of 9 checks pass", page.locator(RESULT).inner_text()):
            break
        page.wait_for_timeout(500)
        page.reload()
    assert re.search(r"9\s+of 9 checks pass", page.locator(RESULT).inner_text())
    context.close()


def test_a_visitor_tries_without_an_account(page: Page, site: Site) -> None:
    page.goto(site.url)
    write(page, RIGHT)
    page.get_by_role("button", name=re.compile("Submit")).click()
    assert "9" in verdict(page)


def test_the_keyboard_is_enough(page: Page, site: Site, sign_in: SignIn) -> None:
    """Skip link, work, editor and out of it again, submit: no pointer."""
    sign_in("zoe")
    open_exercise(page, site)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", re.compile("^#"))
    seen: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(f"{EDITOR}:focus").count():
            page.keyboard.press("Escape")
        seen.append(page.locator(":focus").first.inner_text()[:40])
        if "Submit" in seen[-1]:
            break
    assert "Submit" in seen[-1], seen
    page.keyboard.press("Enter")
    assert "checks pass" in verdict(page)
