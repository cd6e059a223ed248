"""The servers that the tests run on are real."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import ConnectionHandler

from countersign import env
from countersign.operations import valkey
from tests.services import on_sqlite


@pytest.mark.django_db
def test_the_database_is_the_one_that_was_asked_for() -> None:
    assert connection.vendor == ("sqlite" if on_sqlite() else "postgresql")


@pytest.mark.django_db
def test_the_broker_answers() -> None:
    assert valkey.client(settings.BROKER_URL).ping()


@pytest.mark.django_db
def test_sqlite_is_opened_for_several_writers(tmp_path: Path) -> None:
    settings = env.sqlite(tmp_path / "site.sqlite3")
    opened = ConnectionHandler({"default": settings})["default"]

    with opened.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (5000,)
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"  # type: ignore[index]
    opened.close()


def test_no_test_writes_into_the_project() -> None:
    assert str(settings.VAR) == os.environ["COUNTERSIGN_VAR"]
    assert settings.ROOT not in settings.VAR.parents
