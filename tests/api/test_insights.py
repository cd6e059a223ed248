"""The employer's figures over the API: the same rules, and keys that reach no further."""

from __future__ import annotations

from django.test import Client

from countersign.accounts.models import Scope
from countersign.accounts.services import make_api_token
from countersign.cohorts.models import Sharing
from countersign.cohorts.services import enrol
from countersign.events import outbox
from tests.cast import Cast, person
from tests.work import graded


def _get(people: Cast, who: str, address: str, *, scope: Scope = Scope.INSIGHTS):  # type: ignore[no-untyped-def]
    secret = make_api_token(user=getattr(people, who), name="test", scope=scope)
    return Client().get(address, headers={"Authorization": f"Bearer {secret}"})


def _address(people: Cast) -> str:
    return f"/api/v1/cohorts/{people.cohort.pk}/insights/"


def _six_share(people: Cast) -> None:
    for number in range(6):
        learner = person(f"Canary{number}")
        graded(
            enrol(cohort=people.cohort, learner=learner, sharing=Sharing.PROGRESS), people.version
        )
    outbox.deliver()


def test_figures_name_nobody_and_say_what_they_are_for(people: Cast) -> None:
    _six_share(people)
    answer = _get(people, "eve", _address(people))
    assert answer.json()["passed"] == {"value": 1.0, "people": 6, "whose": "sharing"}
    assert "not made for choosing whom to hire" in answer.json()["intended_use"]
    assert "Canary" not in answer.content.decode()


def test_a_group_of_four_has_no_figures(people: Cast) -> None:
    for number in range(3):
        enrol(cohort=people.cohort, learner=person(f"S{number}"), sharing=Sharing.PROGRESS)
    answer = _get(people, "eve", _address(people)).json()
    assert answer["active"] == {"count": None, "people": 0, "whose": "too_few"}


def test_another_organisations_cohort_is_not_there(people: Cast) -> None:
    assert _get(people, "nur", _address(people)).status_code == 404


def test_an_instructor_and_a_learner_do_not_oversee(people: Cast) -> None:
    for who in ("ben", "ada", "olu"):
        assert _get(people, who, _address(people), scope=Scope.EVERYTHING).status_code == 404


def test_a_key_for_figures_opens_nothing_else(people: Cast) -> None:
    for address in ("/api/v1/cohorts/", "/api/v1/submissions/", "/api/v1/courses/"):
        assert _get(people, "eve", address).status_code == 403
        assert _get(people, "eve", address, scope=Scope.EVERYTHING).status_code == 200
