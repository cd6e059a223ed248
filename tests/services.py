"""Starts PostgreSQL and Valkey for a test run, before anything reads the settings.

A pytest plugin (named in pyproject.toml), since a conftest comes too late: pytest-django reads
settings before it. `TEST_SERVICES=sqlite` runs the tests that touch the database on SQLite
instead; the others have nothing to add there and are left out. Servers named by DATABASE_URL
or BROKER_URL are used as they are. The workers of xdist inherit what the first process started.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "platform"), str(ROOT)]

_running = ExitStack()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """A wrapper runs before pytest-django's own hook, which reads the settings."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _set_up()
    try:
        yield
    except BaseException:
        _running.close()
        raise


def pytest_unconfigure() -> None:
    _running.close()


def pytest_report_header() -> str:
    database = os.environ.get("DATABASE_URL", "sqlite").partition(":")[0]
    return f"database: {database}, broker: {os.environ['BROKER_URL']}"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The browser tests import what only their own lock installs: left alone unless asked for."""
    if collection_path == ROOT / "tests" / "e2e" and "not e2e" in config.option.markexpr:
        return True
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On SQLite keep the tests that touch the database."""
    if not on_sqlite():
        return
    kept = [item for item in items if _touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def on_sqlite() -> bool:
    return os.environ.get("TEST_SERVICES") == "sqlite"


def _set_up() -> None:
    folder = _running.enter_context(_folder())
    os.environ["COUNTERSIGN_VAR"] = str(folder)
    os.environ.setdefault("SECRET_KEY", "for-tests-only-" + "t" * 40)
    os.environ["RESULT_WAIT_MS"] = "0"  # no worker runs beside the tests
    if on_sqlite():
        os.environ.pop("DATABASE_URL", None)
    elif "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = _running.enter_context(_postgres())
    if "BROKER_URL" not in os.environ:
        os.environ["BROKER_URL"] = _running.enter_context(_valkey(folder / "broker"))


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="countersign-tests-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgres() -> Iterator[str]:
    from tests import postgres

    server = postgres.start()
    try:
        yield server.url
    finally:
        server.stop()


@contextmanager
def _valkey(folder: Path) -> Iterator[str]:
    from countersign.operations import processes, valkey

    at = valkey.place(folder)
    process = processes.start(valkey.command(at, lasting=False), log=folder / "log")
    try:
        valkey.wait_until_up(at, process)
        yield at.url
    finally:
        processes.stop(process, within=5)


def _touches_database(item: pytest.Item) -> bool:
    fixtures: list[str] = getattr(item, "fixturenames", [])
    return "django_db_setup" in fixtures or item.get_closest_marker("django_db") is not None
