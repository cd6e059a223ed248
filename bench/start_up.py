"""From the command to “ready”, and to the first verdict after it.

    python -m bench.start_up [--starts 3] [--demo]

The first start makes the folder's database, courses and, with --demo, the demo; the others find
them there. After each, two answers are handed in: one at the word “ready”, one after that.
Installing packages isn't part of it.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from bench.browser import Browser
from bench.site import Site, running
from bench.submit_to_screen import CASES, reference


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--starts", type=int, default=3)
    asked.add_argument("--demo", action="store_true", help="make the demo at the first start")
    wished = asked.parse_args()
    _say(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, wished.starts + 1):
            with running(Path(folder), *([] if wished.demo else ["--no-demo"])) as site:
                first, later = _hand_in_twice(site)
            _say(
                f"start {number}: ready after {site.started_in:5.1f} s; first verdict "
                f"{first:5.2f} s after handing in, a later one {later:5.2f} s"
            )


def _hand_in_twice(site: Site) -> tuple[float, float]:
    who = site.ask("bench.people", CASES)
    browser = Browser(site.url)
    browser.sign_in(who["email"], who["password"])
    desk = browser.open(who["path"])
    right = reference(CASES).read_text("utf-8")
    return desk.submit(right).seconds, desk.submit(f"{right}\n# again\n").seconds


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    main()
