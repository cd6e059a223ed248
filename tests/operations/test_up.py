"""One command brings the site up, and nothing is left when it goes."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from collections.abc import Iterator
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


@pytest.fixture
def site(tmp_path: Path, filled: Path) -> Iterator[running.Site]:
    """A site with all of its processes there."""
    shutil.copytree(filled, tmp_path / "var")
    started = running.start(tmp_path)
    try:
        started.wait_until_up()
        assert comes_true(started.is_ready, within=30), started.told
        assert comes_true(lambda: len(started.part("grading")) == 3, within=30)
        yield started
    finally:
        left = descendants(started.process.pid)
        started.process.kill()
        started.process.wait()
        assert comes_true(lambda: running.all_gone(left))


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


@pytest.mark.parametrize("name", ["web", "grading"])
def test_a_killed_part_takes_its_children_with_it_and_comes_back(
    site: running.Site, name: str
) -> None:
    first, *children = site.part(name)

    os.kill(first, signal.SIGKILL)

    assert comes_true(lambda: running.all_gone({first, *children}), within=5)
    assert comes_true(lambda: len(site.part(name)) > len(children), within=30)
    assert comes_true(site.is_ready, within=30)


def test_a_replaced_child_ends_with_its_parent_too(site: running.Site) -> None:
    """Celery starts a new child where one was killed; it must carry the same tie."""
    worker, *children = site.part("grading")
    os.kill(children[0], signal.SIGKILL)
    assert comes_true(lambda: len(set(site.part("grading")) - {worker, *children}) > 0, within=30)
    pids = descendants(site.process.pid)

    site.end(signal.SIGKILL)

    assert comes_true(lambda: running.all_gone(pids), within=5)


def test_a_second_start_from_the_same_folder_is_refused(site: running.Site, tmp_path: Path) -> None:
    elsewhere = tmp_path / "second"
    elsewhere.mkdir()

    second = running.start(elsewhere, COUNTERSIGN_VAR=site.environment["COUNTERSIGN_VAR"])

    assert second.process.wait(timeout=60) == 1
    assert "running already" in second.told
    assert site.is_ready()


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
