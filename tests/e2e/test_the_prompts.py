"""Every way of writing a prompt: handed in, and judged as it then stands on the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import SignIn
from tests.e2e.looking import PHONE, WIDE, Walk
from tests.e2e.workspace import submit
from tests.operations.running import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
COURSE = "/learn/prompts-that-hold-up/"
VARIANTS = {
    "faded": "name-the-edges/the-guest-list/",
    "parsons": "name-the-edges/running-low/",
    "compare_two": "say-what-it-is-for/two-prompts-one-bill/",
    "edit_this": "improve-it-from-a-case/the-rating-that-fell/",
    "probe_first": "name-the-edges/parcels-by-weight/",
}
WORDS = "Write a function. Round to whole numbers, and give back None when there is nothing."


def fill(page: Page) -> None:
    """Something in each field, as somebody does who tries what comes."""
    for field in page.locator("#answer textarea:visible").all():
        field.fill(WORDS)
    for at, field in enumerate(page.locator("#answer .sentences input").all(), 1):
        field.fill(str(at))
    if page.locator("#answer [name=choice]").count():
        page.locator("#answer [name=choice]").first.check()
        page.locator("#answer [name=missing]").first.check()


@pytest.mark.parametrize("variant", VARIANTS)
def test_nothing_stands_in_the_way_of_a_prompt(
    page: Page, site: Site, sign_in: SignIn, variant: str
) -> None:
    page.emulate_media(reduced_motion="reduce")  # colours change at once
    sign_in("zoe")
    walk = Walk(page=page)
    page.set_viewport_size({"width": WIDE, "height": 900})
    page.goto(f"{site.url}{COURSE}{VARIANTS[variant]}")
    fill(page)

    done = submit(page, page.locator("#submit button.go").click)

    assert done.stage in ("passed", "failed"), done.words
    mark = page.locator("#result-mark .tag").inner_text() if done.stage else ""
    walk.judge(f"{variant}, graded")
    page.reload()
    assert page.locator("#result-mark .tag").inner_text() == mark
    assert "\n".join(walk.faults) == ""


def test_an_empty_prompt_stops_before_anything_is_written(
    page: Page, site: Site, sign_in: SignIn
) -> None:
    sign_in("zoe")
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.goto(f"{site.url}{COURSE}{VARIANTS['probe_first']}")
    page.locator(".ws-tabs .to-work").check(force=True)
    page.locator("#prompt-text").fill("def size(grams):\n    return 'small'\n")

    done = submit(page, page.locator("#submit button.go").click)

    assert done.stage == "invalid"
    expect(page.locator("#run .stages .done")).to_have_count(1)
