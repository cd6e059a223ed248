"""A review by keyboard alone: mark, comment, prove, decide, and see what was missed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import SignIn
from tests.operations.running import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
PAGE = "/learn/catching-errors/read-it-against-the-request/refunds-for-returned-orders/"
LONG = 120_000
PROOF = """from datetime import date
line = {"price": 100, "ordered": 3, "returned": 1, "opened": False, "final_sale": False}
order = {"id": 1, "bought_on": date(2026, 3, 1), "lines": [line], "voucher": 0}
assert refund_amount(order, date(2026, 3, 2)) == 100"""


def marks(page: Page, first: int, last: int) -> None:
    """Go to the listing’s line, extend the mark and open its comment, all by keys."""
    page.locator("review-listing button[tabindex='0']").focus()
    at = int(page.evaluate("document.activeElement.closest('.rvl').dataset.line"))
    step = "ArrowDown" if first > at else "ArrowUp"
    for _ in range(abs(first - at)):
        page.keyboard.press(step)
    for _ in range(last - first):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")


def test_a_review_needs_no_mouse(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in("zoe")
    page.goto(f"{site.url}{PAGE}")

    marks(page, 19, 19)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")  # the second kind: a rule that isn’t followed
    composer = page.locator("article.composer")
    expect(composer.locator("[name$='.lines']")).to_have_value("19")
    composer.locator("[name$='.why']").focus()
    page.keyboard.insert_text("It pays for what was ordered.")
    composer.locator("summary").first.focus()
    page.keyboard.press("Enter")
    composer.locator("[name$='.test']").focus()
    page.keyboard.insert_text(PROOF)
    composer.get_by_role("button", name="Add comment").focus()
    page.keyboard.press("Enter")
    marks(page, 36, 37)
    expect(page.locator("article.composer [name$='.lines']")).to_have_value("36-37")
    page.locator("[name=call][value=fix]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda address: "done=" in address, timeout=LONG)

    expect(page.locator(".rvl.hit")).to_have_count(3)
    expect(page.locator("#c1 .verdict .tag.pass")).to_be_visible()
    expect(page.locator("article.missed")).to_have_count(0)

    page.get_by_role("button", name="Show what I missed").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "done=2" in address, timeout=LONG)

    expect(page.locator("article.missed")).to_have_count(1)
    expect(page.locator("[name=call]")).to_have_count(0)
