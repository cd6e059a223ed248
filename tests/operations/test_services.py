"""The servers that the tests run on are real."""

import os

import pytest
import redis
from django.conf import settings
from django.db import connection

from tests.services import on_sqlite


@pytest.mark.django_db
def test_the_database_is_the_one_that_was_asked_for() -> None:
    assert connection.vendor == ("sqlite" if on_sqlite() else "postgresql")


@pytest.mark.django_db
def test_the_broker_answers() -> None:
    url = settings.BROKER_URL.replace("redis+socket", "unix")

    assert redis.Redis.from_url(url).ping()


@pytest.mark.django_db
@pytest.mark.skipif(not on_sqlite(), reason="how SQLite is opened")
def test_sqlite_is_opened_for_several_writers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_no_test_writes_into_the_project() -> None:
    assert str(settings.VAR) == os.environ["COUNTERSIGN_VAR"]
    assert settings.ROOT not in settings.VAR.parents
