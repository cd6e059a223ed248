"""The operator sees what models cost and sets an organisation's own; keys are never shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from countersign.llm.models import ModelAccess
from tests.cast import Cast
from tests.coaching.test_feedback import GOOD, coached
from tests.llm.server import ModelServer, refuses

KEY = "sk-northgates-own-key-7788"


@pytest.fixture
def olu(people: Cast, settings: Any) -> Client:
    settings.LLM_VAULT_KEYS = ["a vault key of the tests"]
    client = Client()
    client.force_login(people.olu)
    return client


def test_the_ledger_shows_what_a_submission_cost(
    people: Cast, olu: Client, model: ModelServer
) -> None:
    model.plays(GOOD)
    coached(people)
    page = olu.get(reverse("manage_models")).content.decode()
    assert "Northgate Facilities" in page
    assert "120" in page
    assert "feedback/v1" in page
    for secret in ("sk-test", "Ada", str(people.ada.pk), "age &lt; 12"):
        assert secret not in page


def test_without_calls_the_ledger_says_so(olu: Client) -> None:
    page = olu.get(reverse("manage_models")).content.decode()
    assert "No model was asked about anybody’s work yet." in page


def test_health_says_that_a_model_rests(people: Cast, olu: Client, model: ModelServer) -> None:
    assert "nobody has asked it yet" in olu.get(reverse("manage_home")).content.decode()
    model.plays(refuses(401))
    coached(people)
    assert "rests after failures (no_access)" in olu.get(reverse("manage_home")).content.decode()


def test_health_without_a_model_is_no_trouble(olu: Client) -> None:
    page = olu.get(reverse("manage_home")).content.decode()
    assert "None is configured. Everything works" in page


def test_an_organisations_key_is_set_and_never_shown(people: Cast, olu: Client) -> None:
    address = reverse("manage_org_model", args=[people.northgate.pk])
    form = {"base_url": "https://m.example/v1", "key": KEY, "coach": "small", "is_on": "on"}
    said = olu.post(address, form, follow=True).content.decode()
    assert "A key ending in 7788 is stored." in said
    assert KEY not in said
    assert ModelAccess.objects.get().coach == "small"

    olu.post(reverse("manage_clear_org_model", args=[people.northgate.pk]))
    assert not ModelAccess.objects.exists()


def test_a_bad_address_is_said_at_its_field(people: Cast, olu: Client) -> None:
    address = reverse("manage_org_model", args=[people.northgate.pk])
    answer = olu.post(address, {"base_url": "http://m.example/v1", "key": KEY})
    assert answer.status_code == 422
    assert "has to begin with https://" in answer.content.decode()
    assert KEY not in answer.content.decode()
