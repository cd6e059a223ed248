"""What a browser does between “Submit” and the result on the screen, without drawing it.

It sends the page's own form as htmx does, then asks where the answer says and as soon as the
answer says, until an answer comes that asks for no more. Every page is fetched and read whole.
"""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from uuid import uuid4

Fields = dict[str, str]
TRIGGER = re.compile(r"every (\d+)(ms|s)\b")


@dataclass(frozen=True)
class Seen:
    """How long the learner waited, how often the page asked, and what it says at the end."""

    seconds: float
    asked: int
    stage: str


class _Page(HTMLParser):
    """The form with a given id (or the last one), and the region that is polled."""

    def __init__(self, text: str, form: str = "") -> None:
        super().__init__()
        self.form, self.within = form, False
        self.fields: Fields = {}
        self.action = ""
        self.region: Fields = {}
        self._area = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form" and (not self.form or found.get("id") == self.form):
            self.within, self.fields = True, {}
            self.action = found.get("action", "")
        elif found.get("id") == "run":
            self.region = found
        elif self.within and tag == "input" and "name" in found:
            self.fields[found["name"]] = found.get("value", "")
        elif self.within and tag == "textarea":
            self._area = found["name"]
            self.fields[self._area] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.within = False
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data


@dataclass
class Browser:
    """One person's browser on one site."""

    url: str
    cookies: CookieJar = field(default_factory=CookieJar)

    def __post_init__(self) -> None:
        keep = urllib.request.HTTPCookieProcessor(self.cookies)
        self._opener = urllib.request.build_opener(keep)

    def sign_in(self, email: str, password: str) -> None:
        """Raises AssertionError when the site doesn't let this person in."""
        page = _Page(self._get("/sign-in/"))
        self._post("/sign-in/", {**page.fields, "login": email, "password": password})
        assert any("session" in cookie.name for cookie in self.cookies), "not signed in"

    def open(self, path: str) -> Desk:
        """Open an exercise."""
        page = _Page(self._get(path), form="answer")
        assert page.action, f"{path} has no answer to send"
        return Desk(self, page.action, page.fields)

    def _get(self, path: str, **headers: str) -> str:
        return self._fetch(urllib.request.Request(urllib.parse.urljoin(self.url, path)), headers)

    def _post(self, path: str, fields: Fields, **headers: str) -> str:
        address = urllib.parse.urljoin(self.url, path)
        body = urllib.parse.urlencode(fields).encode()
        return self._fetch(urllib.request.Request(address, body), headers)

    def _fetch(self, request: urllib.request.Request, headers: Fields) -> str:
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with self._opener.open(request, timeout=30) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as answer:
            if answer.code != 286:  # htmx: the answer that ends the polling
                raise
            return str(answer.read().decode())


@dataclass(frozen=True)
class Desk:
    """An open exercise: its form, and where it goes."""

    browser: Browser
    action: str
    fields: Fields

    def submit(self, code: str) -> Seen:
        """Hand this code in and wait for the result as the page does."""
        file = next(name for name in self.fields if name.startswith("file"))
        fields = {**self.fields, file: code, "key": str(uuid4())}
        begun = time.perf_counter()
        page = _Page(self.browser._post(self.action, fields, HX_Request="true"))
        asked = 0
        while "hx-get" in page.region:
            time.sleep(_pause(page.region["hx-trigger"]))
            page = _Page(self.browser._get(page.region["hx-get"], HX_Request="true"))
            asked += 1
        return Seen(time.perf_counter() - begun, asked, page.region["data-stage"])


def _pause(trigger: str) -> float:
    """“every 400ms” in seconds."""
    found = TRIGGER.search(trigger)
    assert found, trigger
    return float(found[1]) / (1000 if found[2] == "ms" else 1)
