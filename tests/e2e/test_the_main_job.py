"""A learner hands code in and sees what was found: the whole product, in a real browser.

Every test holds whatever ran before it: what it compares is its own attempt, by number.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import SignIn
from tests.e2e.workspace import (
    EDITOR,
    LONG,
    hand_in,
    open_exercise,
    outcome,
    shown_attempt,
    submit,
    write,
)
from tests.operations.running import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

TICKET = "/learn/just-enough-python/read-it-line-by-line/ticket-price/"
RIGHT = """\
def ticket_price(age):
    if age < 6:
        return 0
    if age < 18:
        return 60
    return 120
"""
UNREADABLE = "def ticket_price(age)\n    return 0\n"


@pytest.fixture(autouse=True)
def at_work(page: Page, site: Site, sign_in: SignIn) -> None:
    """Zoe, with the exercise open."""
    sign_in("zoe")
    open_exercise(page, site.url + TICKET)


def test_the_verdict_appears_without_a_reload(page: Page) -> None:
    write(page, RIGHT)
    page.evaluate("window.stayed = true")
    found = submit(page)
    assert found.stage == "passed"
    assert "9" in found.words
    assert page.evaluate("window.stayed")


def test_a_wrong_answer_is_told_which_rule_and_nothing_hidden(page: Page) -> None:
    write(page, RIGHT.replace("age < 6", "age <= 6"))
    found = submit(page)
    assert found.stage == "failed"
    assert "of 9 checks pass" in " ".join(found.words.split())
    assert "ticket_price(5)" not in page.content()


def test_code_that_does_not_parse_names_its_line_and_costs_no_attempt(page: Page) -> None:
    write(page, UNREADABLE)
    found = submit(page)
    assert found.stage == "invalid"
    assert "line 1" in found.words.lower()
    expect(page.locator("#result-head")).to_contain_text("not counted")


def test_code_that_never_ends_is_stopped_and_kept(page: Page) -> None:
    write(page, "def ticket_price(age):\n    while True:\n        age += 1\n")
    found = submit(page)
    assert found.stage == "timed_out"
    assert "second" in found.words
    expect(page.locator(EDITOR)).to_contain_text("while True")


def test_a_reload_while_it_runs_finds_the_result(page: Page) -> None:
    write(page, RIGHT + "# once more\n")
    attempt = hand_in(page)
    page.reload()
    assert outcome(page, attempt).stage == "passed"


def test_the_page_opened_again_shows_the_last_attempt_even_if_it_did_not_count(
    page: Page, site: Site
) -> None:
    write(page, UNREADABLE)
    found = submit(page)
    open_exercise(page, site.url + TICKET)
    assert shown_attempt(page) == found.attempt
    expect(page.locator("#result-head")).to_contain_text(f"Attempt {found.attempt}")


def test_what_is_typed_survives_a_reload(page: Page) -> None:
    write(page, RIGHT + "# not handed in yet\n")
    expect(page.locator("[data-draft-status]")).to_contain_text("Saved", timeout=LONG)
    page.reload()
    expect(page.locator(EDITOR)).to_contain_text("not handed in yet")
