"""One command brings the site up, and nothing is left when it goes."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.operations import running
from tests.operations.watching import comes_true, descendants

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a site has run once, so that the next start is quick."""
    folder = tmp_path_factory.mktemp("filled")
    site = running.start(folder)
    site.wait_until_up()
    assert site.end() == 0
    return folder / "var"


@contextmanager
def _running(folder: Path, filled: Path) -> Iterator[running.Site]:
    """A site with all of its processes there, and nothing of it afterwards."""
    shutil.copytree(filled, folder / "var")
    started = running.start(folder)
    try:
        started.wait_until_up()
        assert comes_true(started.is_ready, within=60), started.told
        assert comes_true(lambda: len(started.part("grading")) == 2, within=60)
        yield started
    finally:
        left = descendants(started.process.pid)
        started.process.kill()
        started.process.wait()
        assert comes_true(lambda: running.all_gone(left))


@pytest.fixture
def site(tmp_path: Path, filled: Path) -> Iterator[running.Site]:
    """A site of one test's own."""
    with _running(tmp_path, filled) as started:
        yield started


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Iterator[running.Site]:
    """One site for the tests after which it is whole again."""
    with _running(tmp_path_factory.mktemp("lasting"), filled) as started:
        yield started


def test_sigterm_stops_everything(site: running.Site) -> None:
    pids = descendants(site.process.pid)
    assert {name for name in running.PARTS if site.part(name)} == set(running.PARTS)

    code = site.end(signal.SIGTERM)

    assert code == 0
    assert running.all_gone(pids)


def test_killing_the_parent_leaves_nothing(site: running.Site) -> None:
    pids = descendants(site.process.pid)
    assert {name for name in running.PARTS if site.part(name)} == set(running.PARTS)

    site.end(signal.SIGKILL)

    assert comes_true(lambda: running.all_gone(pids), within=5)


@pytest.mark.parametrize("name", list(running.PARTS))
def test_a_killed_part_takes_its_children_with_it_and_comes_back(
    lasting: running.Site, name: str
) -> None:
    before = lasting.part(name)
    below = descendants(before[0])

    os.kill(before[0], signal.SIGKILL)

    assert comes_true(lambda: running.all_gone({before[0], *below}), within=5)
    assert comes_true(lambda: len(lasting.part(name)) == len(before), within=60)
    assert comes_true(lasting.is_ready, within=60)


def test_a_replaced_child_ends_with_its_parent_too(site: running.Site) -> None:
    """The web server starts a new child where one was killed; it must carry the same tie."""
    server, child = site.part("web")
    os.kill(child, signal.SIGKILL)
    assert comes_true(lambda: set(site.part("web")) - {server, child} != set(), within=60)
    pids = descendants(site.process.pid)

    site.end(signal.SIGKILL)

    assert comes_true(lambda: running.all_gone(pids), within=5)


def test_a_second_start_from_the_same_folder_is_refused(
    lasting: running.Site, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "second"
    elsewhere.mkdir()

    second = running.start(elsewhere, COUNTERSIGN_VAR=lasting.environment["COUNTERSIGN_VAR"])

    assert second.process.wait(timeout=60) == 1
    assert "running already" in second.told
    assert lasting.is_ready()


def test_a_busy_port_is_named_with_a_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        site = running.start(tmp_path, port=port)

        assert site.process.wait(timeout=60) == 1
    assert f"127.0.0.1:{port} can't be used" in site.told
    assert f"--port {port + 1}" in site.told
    assert "Traceback" not in site.told


def test_the_secret_key_is_made_once_and_kept_from_others(
    site: running.Site, tmp_path: Path
) -> None:
    key = tmp_path / "var" / "secret-key"
    made = key.read_text()
    assert key.stat().st_mode & 0o077 == 0
    site.end()

    again = running.start(tmp_path)
    again.wait_until_up()
    again.end()

    assert key.read_text() == made
    assert len(made) >= 50
