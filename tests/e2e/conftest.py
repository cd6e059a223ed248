"""Debian's Chromium, driven by Playwright against Django's live server."""

from __future__ import annotations

import os
from typing import Any

import pytest

# Playwright's synchronous interface keeps an event loop running in the test's own thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's browser, without a sandbox of its own: tests may run as root."""
    args = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": args}
