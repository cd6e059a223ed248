"""A learner hands code in and sees what was found: the whole product, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

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
ENDED = re.compile("checks pass|can’t read|stopped after|was still running")
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


def attempt(page: Page) -> int:
    """Which attempt the result pane speaks of; 0 before the first."""
    found = re.search(r"Attempt (\d+)", page.locator("body").inner_text())
    return int(found.group(1)) if found else 0


def submit(page: Page, press: Callable[[], None]) -> str:
    """Hand in, and answer the words of the new result once they are there."""
    before = attempt(page)
    press()
    expect(page.locator("body")).to_contain_text(f"Attempt {before + 1}", timeout=30_000)
    expect(page.locator(RESULT)).to_contain_text(ENDED, timeout=60_000)
    return page.locator(RESULT).inner_text()


def by_button(page: Page) -> Callable[[], None]:
    """After a pass Ctrl+Enter goes on to the next exercise; the button always hands in."""
    return page.get_by_role("button", name=re.compile("Submit")).click


def by_keys(page: Page) -> Callable[[], None]:
    return lambda: page.keyboard.press("Control+Enter")


def test_the_verdict_appears_without_a_reload(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in("zoe")
    open_exercise(page, site)
    write(page, RIGHT)
    page.evaluate("window.stayed = true")
    assert "9" in submit(page, by_keys(page))
    assert page.evaluate("window.stayed")


def test_a_wrong_answer_is_told_which_rule_and_nothing_hidden(
    page: Page, site: Site, sign_in: SignIn
) -> None:
    sign_in("zoe")
    open_exercise(page, site)
    write(page, RIGHT.replace("age < 6", "age <= 6"))
    words = submit(page, by_button(page))
    assert re.search(r"\d\s+of 9 checks pass", words)
    assert "ticket_price(5)" not in page.content()


def test_code_that_does_not_parse_names_its_line(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in("zoe")
    open_exercise(page, site)
    write(page, "def ticket_price(age)\n    return 0\n")
    assert "line 1" in submit(page, by_button(page)).lower()


def test_a_reload_while_it_runs_finds_the_result(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in("zoe")
    open_exercise(page, site)
    write(page, RIGHT + "# once more\n")
    words = submit(page, lambda: (by_button(page)(), page.reload())[0])
    assert "9" in words


def test_what_is_typed_survives_a_reload(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in("zoe")
    open_exercise(page, site)
    write(page, RIGHT + "# not handed in yet\n")
    expect(page.locator("[data-draft-status]")).to_contain_text("Saved")
    page.reload()
    expect(page.locator(EDITOR)).to_contain_text("not handed in yet")
