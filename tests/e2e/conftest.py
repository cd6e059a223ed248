"""Debian's Chromium, driven by Playwright against Django's live server."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.operations import running

# Playwright's synchronous interface keeps an event loop running in the test's own thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SignIn = Callable[[str], None]

# How long to wait for what will come. A busy machine takes its time; nothing waits in vain.
expect.set_options(timeout=30_000)

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's browser, without a sandbox of its own: tests may run as root."""
    args = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": args}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[running.Site]:
    """The whole product as `manage.py up` starts it, with its demo."""
    found = running.start(tmp_path_factory.mktemp("site"), demo=True, SUBMISSIONS_AN_HOUR="1000")
    try:
        found.wait_until_up()
        yield found
    finally:
        found.end(signal.SIGTERM)


@pytest.fixture
def sign_in(page: Page, site: running.Site) -> SignIn:
    """Sign in as somebody of the demo, by keyboard."""
    return lambda name: enter(page, site, name)


def enter(page: Page, site: running.Site, name: str) -> None:
    """Go through the door as somebody of the demo."""
    page.goto(f"{site.url}/sign-in/")
    page.fill("input[name=login]", f"{name}@demo.example")
    page.fill("input[name=password]", "countersign-demo")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/sign-in/" not in address)
