"""`deploycheck` names what is not fit for people."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from countersign.operations import deployment, valkey

pytestmark = pytest.mark.django_db


def _problems() -> dict[str, str]:
    return {check.name: check.says for check in deployment.checks() if not check.is_good}


@override_settings(
    DEBUG=True,
    SECRET_KEY="short",
    HTTPS=False,
    ALLOWED_HOSTS=["*"],
    STATIC_ROOT=None,
    GRADING_INSECURE=True,
)
def test_each_careless_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_PROCESSES", "4")
    monkeypatch.delenv("BROKER_URL")

    careless = {"DEBUG", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "BROKER_URL", "CACHE_URL"}
    careless |= {"EMAIL_URL", "STATIC_ROOT", "GRADING_INSECURE"}
    assert careless <= set(_problems())


@override_settings(
    SECRET_KEY="k" * 50,
    HTTPS=True,
    SITE_URL="https://learn.example.org",
    ALLOWED_HOSTS=["learn.example.org"],
)
def test_careful_settings_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", "smtps://mail.example.org")

    expected = {"STATIC_ROOT"}
    if connection.vendor == "sqlite":
        expected |= {"DATABASE_URL"}
    assert set(_problems()) == expected


def test_a_broker_that_drops_work_when_full_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with valkey.client(settings.BROKER_URL) as broker:
        broker.config_set("maxmemory-policy", "allkeys-lru")
        try:
            assert "noeviction" in _problems()["BROKER_URL"]
        finally:
            broker.config_set("maxmemory-policy", "noeviction")


def test_the_command_ends_with_1_and_can_speak_json() -> None:
    told = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("deploycheck", "--json", stdout=told)

    assert ended.value.code == 1
    assert {"name", "is_good", "says"} == set(json.loads(told.getvalue())[0])
