"""What the shared scripts do, in a real browser under the real content policy."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.e2e, pytest.mark.urls("tests.web.gallery_urls")]

CODE = "#file-1"
EDITOR = ".cm-content >> nth=0"
STATUS = "[data-draft-status]"


@pytest.fixture
def gallery(settings: Settings, live_server: LiveServer) -> str:
    """The address of the gallery, as a developer has it."""
    settings.DEBUG = True
    return f"{live_server.url}/gallery"


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser's console had to say: blocked styles, broken scripts."""
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def open_workspace(page: Page, gallery: str, state: str = "failed") -> None:
    page.goto(f"{gallery}/workspace/{state}/")
    expect(page.locator("code-editor.ready")).to_be_visible()


def refuse(status: int) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        route.fulfill(status=status)

    return answer


def test_the_editor_is_styled_under_the_content_policy(
    page: Page, gallery: str, complaints: list[str]
) -> None:
    open_workspace(page, gallery)
    expect(page.locator(EDITOR)).to_have_css("white-space", "pre")
    assert complaints == []


def test_what_is_typed_in_the_editor_is_what_the_form_holds(page: Page, gallery: str) -> None:
    open_workspace(page, gallery)
    page.locator(EDITOR).click()
    page.keyboard.press("Control+A")
    page.keyboard.type("def f(a):\nreturn a")
    expect(page.locator(CODE)).to_have_value("def f(a):\n    return a")


def test_a_pasted_no_break_space_becomes_a_space(page: Page, gallery: str) -> None:
    open_workspace(page, gallery)
    page.get_by_role("button", name="Plain text").click()
    page.locator(CODE).fill("a\N{NO-BREAK SPACE}= 1")
    page.get_by_role("button", name="Coloured editor").click()
    page.locator(EDITOR).click()
    page.keyboard.press("Control+End")
    page.keyboard.type("0")
    expect(page.locator(CODE)).to_have_value("a = 10")


def test_escape_and_tab_lead_out_of_the_editor(page: Page, gallery: str) -> None:
    open_workspace(page, gallery)
    page.locator(EDITOR).focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Plain text")).to_be_focused()


def test_a_problem_is_shown_at_its_line_and_goes_away_with_an_edit(
    page: Page, gallery: str
) -> None:
    open_workspace(page, gallery, "invalid")
    expect(page.locator(".cm-problem")).to_contain_text("if days_late")
    expect(page.locator("code-editor .problem")).to_contain_text("Line 5")
    page.locator(".cm-problem").click()
    page.keyboard.type("#")
    expect(page.locator(".cm-problem")).to_have_count(0)


def test_a_draft_is_saved_after_a_pause(page: Page, gallery: str) -> None:
    open_workspace(page, gallery)
    page.locator(EDITOR).click()
    page.keyboard.type("# more")
    expect(page.locator(STATUS)).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))


@pytest.mark.parametrize(("status", "words"), [(403, "signed out"), (500, "problem on our side")])
def test_words_that_the_server_did_not_take_survive_a_reload(
    page: Page, gallery: str, status: int, words: str
) -> None:
    page.route("**/gallery/draft/", refuse(status))
    open_workspace(page, gallery)
    page.locator(EDITOR).click()
    page.keyboard.press("Control+A")
    page.keyboard.type("kept = True")
    page.keyboard.press("Control+s")
    expect(page.locator(STATUS)).to_contain_text(words)
    page.reload()
    expect(page.locator(CODE)).to_have_value("kept = True")
    expect(page.locator(EDITOR)).to_have_text("kept = True")


def test_two_tabs_with_one_draft_say_so(context: BrowserContext, gallery: str) -> None:
    older, newer = context.new_page(), context.new_page()
    for tab in (older, newer):
        open_workspace(tab, gallery)
    newer.locator(EDITOR).click()
    newer.keyboard.press("Control+A")
    newer.keyboard.type("newer = 1")
    expect(older.locator(".draft-offer")).to_contain_text("another tab")
    older.get_by_role("button", name="Use that one").click()
    expect(older.locator(CODE)).to_have_value("newer = 1")


LISTEN = """() => {
    const line = document.querySelector("[data-say]");
    window.said = [line.textContent];
    const note = () => {
        if (window.said.at(-1) !== line.textContent) window.said.push(line.textContent);
    };
    new MutationObserver(note).observe(line, { childList: true, subtree: true });
}"""


def test_a_run_says_each_change_of_state_once_and_stops_asking(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/live/0/")
    page.evaluate(LISTEN)
    expect(page.locator("#run")).to_have_attribute("data-stage", "failed")
    expect(page.locator("#run")).not_to_have_attribute("hx-get", re.compile("."))
    expect(page.locator("[data-say]")).to_have_text("6 of 9 checks pass")
    assert page.evaluate("window.said") == ["", "2 of 9 checks have run", "6 of 9 checks pass"]


def test_a_run_that_cannot_be_reached_says_so_and_can_be_looked_at_again(
    page: Page, gallery: str
) -> None:
    page.goto(f"{gallery}/live/0/")
    page.route("**/gallery/live/**", lambda route: route.abort())
    expect(page.locator("live-run > .note")).to_contain_text("We lost touch")
    page.unroute("**/gallery/live/**")
    page.get_by_role("button", name="Look again").click()
    expect(page.locator("#run")).to_have_attribute("data-stage", "failed")


def test_a_sign_in_page_is_never_put_in_place_of_a_result(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/live/0/")
    page.route("**/gallery/live/**", lambda route: route.fulfill(body="<h1>Sign in</h1>"))
    expect(page.locator("live-run > .note")).to_contain_text("signed out")
    expect(page.locator("#run")).to_have_attribute("data-stage", "queued")


def test_lines_are_put_in_order_with_the_keyboard(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/quiz/order/")
    page.get_by_role("button", name="Move down: late = []").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#order-0")).to_have_value("2")
    expect(page.locator("#order-1")).to_have_value("1")
    expect(page.get_by_role("button", name="Move down: late = []")).to_be_focused()
    expect(page.locator("[data-order-say]")).to_have_text("Line moved to place 2 of 3")


def test_a_line_that_does_not_belong_is_left_out(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/quiz/order/")
    page.get_by_role("button", name="Leave out").first.click()
    expect(page.locator("#order-0")).to_have_value("")
    expect(page.locator("#order-1")).to_have_value("1")


def test_control_enter_presses_the_filled_button(page: Page, gallery: str) -> None:
    open_workspace(page, gallery)
    page.locator(EDITOR).click()
    with page.expect_navigation() as sent:
        page.keyboard.press("Control+Enter")
    assert sent.value.request.method == "POST"


def test_g_then_a_letter_goes_to_a_pane_but_not_while_typing(page: Page, gallery: str) -> None:
    open_workspace(page, gallery)
    page.keyboard.press("g")
    page.keyboard.press("r")
    expect(page.locator("#result")).to_be_focused()
    page.keyboard.press("g")
    page.keyboard.press("w")
    expect(page.locator(EDITOR)).to_be_focused()
    page.keyboard.type("gr")
    expect(page.locator(EDITOR)).to_be_focused()


def test_the_chosen_theme_is_in_the_first_paint_of_the_next_page(page: Page, gallery: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{gallery}/")
    page.get_by_role("button", name="Switch between light and dark").click()
    answer = page.goto(f"{gallery}/public/")
    assert answer is not None
    assert 'data-theme="dark"' in answer.text()[:120]


def test_a_divider_is_moved_with_the_arrow_keys_and_remembered(page: Page, gallery: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    open_workspace(page, gallery)
    divider = page.get_by_role("separator", name="Width of the brief")
    divider.focus()
    page.keyboard.press("ArrowRight")
    expect(divider).to_have_attribute("aria-valuenow", "360")
    page.reload()
    expect(divider).to_have_attribute("aria-valuenow", "360")


def test_without_scripts_a_phone_shows_each_pane_and_every_file(
    browser: Browser, gallery: str
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{gallery}/workspace/failed/?pane=brief")
    expect(page.locator("#brief")).to_be_visible()
    page.locator("label:has(.to-work)").click()
    expect(page.locator(CODE)).to_be_visible()
    expect(page.locator("#file-2")).to_be_visible()
    page.locator("label:has(.to-result)").click()
    expect(page.locator("#run")).to_be_visible()
    context.close()


PLACES = [
    "",
    "public/",
    "dashboard/",
    "workspace/failed/?pane=result",
    "workspace/invalid/?pane=work",
    "workspace/running/?pane=brief",
    "quiz/order/",
    "quiz/predict-after/",
    "failure/404/",
]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_in_the_gallery_stands_in_anyones_way(
    browser: Browser, gallery: str, scheme: str, width: int
) -> None:
    view = {"width": width, "height": 900}
    # axe is put into the page by the test, which the content policy would refuse
    context = browser.new_context(viewport=view, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    found: list[str] = []
    for place in PLACES:
        page.goto(f"{gallery}/{place}", wait_until="networkidle")
        violations = Axe().run(page).response["violations"]
        found += [f"{place}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in violations]
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 768, 1024])
def test_no_page_scrolls_sideways(page: Page, gallery: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    wide: list[str] = []
    for place in PLACES:
        page.goto(f"{gallery}/{place}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(place)
    assert wide == []
