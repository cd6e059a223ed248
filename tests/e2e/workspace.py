"""A learner's hands on the workspace. State is read from attributes, never from words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, Response, expect

EDITOR = ".cm-content >> nth=0"
RUN = "#run"
MOVING = ("queued", "running", "waiting")
LONG = 120_000
"""Milliseconds: what a busy machine may take where nothing is wrong."""

Press = Callable[[], None]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the result pane shows of a hand-in once nothing moves any more."""

    stage: str
    attempt: int
    words: str


def open_exercise(page: Page, address: str) -> None:
    """Open it and wait for the editor, which loads after the rest."""
    page.goto(address)
    expect(page.locator("code-editor.ready")).to_be_visible(timeout=LONG)


def write(page: Page, code: str) -> None:
    """Replace what stands in the editor, as a person pastes it."""
    editor = page.locator(EDITOR)
    expect(editor).to_be_visible()
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(code)
    expect(page.locator("code-editor textarea").first).to_have_value(code)


def shown_attempt(page: Page) -> int:
    """Which attempt the result pane speaks of; 0 before the first."""
    return int(page.locator(RUN).get_attribute("data-attempt") or 0)


def hand_in(page: Page, press: Press | None = None) -> int:
    """Press, wait until the server has answered, and say which attempt it became."""
    with page.expect_response(_hands_in, timeout=LONG) as answered:
        (press or submit_button(page).click)()
    assert answered.value.ok, answered.value.status
    return _attempt_in(answered.value)


def outcome(page: Page, attempt: int) -> Outcome:
    """Wait until the attempt has come to its end on the page."""
    still = ", ".join(f"[data-stage={stage}]" for stage in MOVING)
    run = page.locator(f'{RUN}[data-attempt="{attempt}"]:not({still})')
    expect(run).to_have_count(1, timeout=LONG)
    return Outcome(
        stage=run.get_attribute("data-stage") or "", attempt=attempt, words=run.inner_text()
    )


def submit(page: Page, press: Press | None = None) -> Outcome:
    """Hand in and wait for what is found."""
    return outcome(page, hand_in(page, press))


def submit_button(page: Page) -> Locator:
    """After a pass Ctrl+Enter goes on to the next exercise; this button always hands in."""
    return page.get_by_role("button", name=re.compile("^Submit"))


def _hands_in(answer: Response) -> bool:
    return answer.request.method == "POST" and answer.url.partition("?")[0].endswith("/submit/")


def _attempt_in(answer: Response) -> int:
    """Read from the answer, since the page may be about to go away."""
    found = re.search(r'data-attempt="(\d+)"', answer.text())
    assert found, answer.url
    return int(found.group(1))
