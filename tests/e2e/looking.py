"""Judging what stands on the screen: axe, width, and what the console says."""

from __future__ import annotations

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, expect

WIDE, PHONE, NARROW = 1440, 390, 320
RUN_AXE = """async () => {
    const found = await axe.run({ resultTypes: ["violations"] });
    return found.violations.map((one) => `${one.id} ${one.nodes[0].html.slice(0, 140)}`);
}"""
REFUSED = ("no such page", "no way in")
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"
NOWHERE = """() => [...document.querySelectorAll('a[href=""], a:not([href])')].map(
    (one) => `leads nowhere: ${one.outerHTML.slice(0, 120)}`)"""
WIDEST = """() => {
    const cut = (one) => {
        const absolute = getComputedStyle(one).position === "absolute";
        for (let box = one.parentElement; box; box = box.parentElement) {
            const { overflowX, position } = getComputedStyle(box);
            if (overflowX !== "visible" && (!absolute || position !== "static")) return true;
        }
        return false;
    };
    const wide = [...document.body.querySelectorAll("*")].filter(
        (one) => one.getBoundingClientRect().right + scrollX > innerWidth + 1 && !cut(one));
    return wide.slice(-3).map((one) => one.outerHTML.slice(0, 160));
}"""
"""What reaches over the right edge and isn't in a box that scrolls by itself."""
BELOW_THE_FRAME = """
    document.querySelector(".ws") !== null && innerWidth > 735
    && document.documentElement.scrollHeight > innerHeight
"""


@dataclass
class Walk:
    """One person's way through the site, with what is wrong on it and what was seen."""

    page: Page
    faults: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _hear(self, word: ConsoleMessage) -> None:
        if word.type == "error":
            self.said.append(word.text)

    def look_at(self, name: str, address: str) -> None:
        """Judge the page unless it sends elsewhere or isn't this person's."""
        if not self._is_shown(name, address):
            return
        self.seen.add(name)
        self.page.set_viewport_size({"width": WIDE, "height": 900})
        self.page.emulate_media(color_scheme="light")
        self.said.clear()
        answer = self.page.goto(address)
        assert answer is not None
        self.judge(name, status=answer.status)

    def _is_shown(self, name: str, address: str) -> bool:
        answer = self.page.request.get(address, max_redirects=0)
        is_page = "<html" in answer.text()[:300]
        return is_page and (answer.status == 200 or name in REFUSED)

    def judge(self, name: str, *, status: int = 200) -> None:
        """Judge what is open now, in light on a desk and in dark on a phone."""
        if self.page.locator("code-editor").count():
            expect(self.page.locator("code-editor.ready").first).to_be_visible()
        self.page.evaluate(Axe().axe_script)
        self._blame(name, self.page.evaluate(RUN_AXE))
        self._blame(name, self.page.evaluate(NOWHERE))
        if self.page.evaluate(BELOW_THE_FRAME):
            self._blame(name, ["the page scrolls behind the workspace"])
        self.page.emulate_media(color_scheme="dark")
        self.page.set_viewport_size({"width": PHONE, "height": 844})
        self._blame(f"{name}, dark phone", self.page.evaluate(RUN_AXE))
        self._blame(name, self._too_wide())
        self._blame(name, [word for word in self.said if status == 200 or "status of" not in word])

    def _too_wide(self) -> list[str]:
        wide = []
        for width in (PHONE, NARROW):
            self.page.set_viewport_size({"width": width, "height": 844})
            if self.page.evaluate(SIDEWAYS):
                wide.append(f"scrolls sideways at {width}: {self.page.evaluate(WIDEST)}")
        return wide

    def _blame(self, name: str, faults: list[str]) -> None:
        self.faults += [f"{name}: {fault}" for fault in faults]
