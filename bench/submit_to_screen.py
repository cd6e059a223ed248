"""From “Submit” to the result on the screen, beside plain pytest on the same tests.

    python -m bench.submit_to_screen [--rounds 100]

Each round hands in one right answer to an exercise with a test file, runs the same test file on
the same answer by `python -m pytest` in a fresh process, and hands in one right answer to an
exercise with a table of cases. The three alternate, so that whatever else the machine does
meets all of them alike; the ratio is the figure to compare.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.browser import Browser, Desk
from bench.figures import Figures
from bench.site import ROOT, Site, running

SUITE, CASES = "the-last-seats", "ticket-price"
WARM_UP = 3


@dataclass
class Times:
    """Seconds of each round, by what was measured."""

    suite: list[float] = field(default_factory=list)
    pytest: list[float] = field(default_factory=list)
    cases: list[float] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=100)
    asked.add_argument("--suite", default=SUITE, help="an exercise with a test file")
    asked.add_argument("--cases", default=CASES, help="an exercise with a table of cases")
    wished = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), "--no-demo") as site:
        times = _measure(site, wished.suite, wished.cases, wished.rounds, Path(folder))
        runs = site.ask("bench.runs")[2 * WARM_UP :]
    _tell(times, runs)


def _measure(site: Site, suite: str, cases: str, rounds: int, folder: Path) -> Times:
    at_suite, right_suite = _desk(site, suite)
    at_cases, right_cases = _desk(site, cases)
    tests = _tests(suite, folder)
    times = Times()
    for number in range(-WARM_UP, rounds):
        one = _submit(at_suite, right_suite, number)
        plain = _pytest(tests)
        two = _submit(at_cases, right_cases, number)
        if number >= 0:
            times.suite.append(one[0])
            times.pytest.append(plain)
            times.cases.append(two[0])
            times.asked += [one[1], two[1]]
    return times


def _desk(site: Site, slug: str) -> tuple[Desk, str]:
    who = site.ask("bench.people", slug)
    browser = Browser(site.url)
    browser.sign_in(who["email"], who["password"])
    return browser.open(who["path"]), reference(slug).read_text("utf-8")


def _submit(desk: Desk, right: str, number: int) -> tuple[float, int]:
    seen = desk.submit(f"{right}\n# {number}\n")
    assert seen.stage == "passed", seen
    return seen.seconds, seen.asked


def _tests(slug: str, folder: Path) -> Path:
    """The exercise's test files beside its reference solution, as a person would have them."""
    place = folder / "plain"
    place.mkdir()
    for file in (reference(slug), *_folder(slug).glob("hidden/*.py")):
        shutil.copy(file, place)
    return place


def _pytest(place: Path) -> float:
    quiet = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    begun = time.perf_counter()
    subprocess.run(
        [*quiet, "--rootdir", str(place), str(place)],
        check=True,
        cwd=place,
        env=bare,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun


def reference(slug: str) -> Path:
    """The exercise's own right answer."""
    return next(_folder(slug).glob("reference/*.py"))


def _folder(slug: str) -> Path:
    return next((ROOT / "curriculum").glob(f"courses/*/*/{slug}"))


def _tell(times: Times, runs: list[dict[str, float]]) -> None:
    suite, plain, cases = (Figures.of(each) for each in (times.suite, times.pytest, times.cases))
    asked = Figures.of([float(each) for each in times.asked])
    lines = [
        f"{len(times.suite)} rounds, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors",
        f"a test file, submit to screen      {suite}",
        f"the same test file, plain pytest   {plain}",
        f"ratio                              {_ratio(suite, plain)}",
        f"a table of cases, submit to screen {cases}",
        f"ratio                              {_ratio(cases, plain)}",
        f"both: until a worker has it        {Figures.of([run['claimed'] for run in runs])}",
        f"both: until the result is written  {Figures.of([run['finished'] for run in runs])}",
        f"both: how often the page asked     p50 {asked.p50:6.0f}     p95 {asked.p95:6.0f}",
    ]
    print("\n".join(lines))


def _ratio(ours: Figures, plain: Figures) -> str:
    return f"p50 {ours.p50 / plain.p50:6.2f}     p95 {ours.p95 / plain.p95:6.2f}"


if __name__ == "__main__":
    main()
