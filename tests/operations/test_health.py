"""What is said to those who look after the site."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import RequestFactory, override_settings

from countersign.common import clock
from countersign.grading.models import Beat
from countersign.operations import health, views

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispatcher() -> None:
    Beat.objects.create(pk="dispatcher", at=clock.now())


def test_live_needs_nothing_else(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "checks", lambda: pytest.fail("asked around"))

    assert views.healthz(rf.get("/healthz")).content == b"ok\n"


def test_ready_when_everything_answers(rf: RequestFactory, dispatcher: None) -> None:
    answer = views.readyz(rf.get("/readyz"))

    assert answer.status_code == 200, answer.content
    assert b'"ready": true' in answer.content


def test_not_ready_without_a_dispatcher(rf: RequestFactory) -> None:
    answer = views.readyz(rf.get("/readyz"))

    assert answer.status_code == 503
    assert b'"dispatcher": "not seen lately"' in answer.content


@override_settings(BROKER_URL="redis+socket:///nowhere/at/all.sock")
def test_not_ready_without_a_broker(rf: RequestFactory, dispatcher: None) -> None:
    answer = views.readyz(rf.get("/readyz"))

    assert answer.status_code == 503
    assert b'"broker": "ConnectionError"' in answer.content
    assert b"nowhere" not in answer.content


def test_not_ready_without_a_database(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("connection to 10.0.0.7 refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    monkeypatch.setattr(health, "grading_health", refuse)

    answer = views.readyz(rf.get("/readyz"))

    assert answer.status_code == 503
    assert b'"database": "OperationalError"' in answer.content
    assert b"10.0.0.7" not in answer.content


def test_the_answers_are_never_stored(rf: RequestFactory, dispatcher: None) -> None:
    for view in (views.healthz, views.readyz):
        assert "no-store" in view(rf.get("/"))["Cache-Control"]
