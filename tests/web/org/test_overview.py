"""What an employer is shown."""

from __future__ import annotations

import pytest
from django.test import Client

from countersign import audit
from countersign.cohorts.models import Sharing
from countersign.cohorts.services import choose_sharing, enrol
from countersign.events import outbox
from tests.cast import Cast, person
from tests.work import CANARY, graded


def _class_of(people: Cast, many: int, *, sharing: Sharing) -> None:
    for number in range(many):
        name = f"{sharing.value.title()}{number}"
        place = enrol(cohort=people.cohort, learner=person(name), sharing=sharing)
        graded(place, people.version, 100.0)
    outbox.deliver()


def _overview(people: Cast) -> str:
    return f"/org/{people.cohort.pk}/"


def _person(people: Cast) -> str:
    return f"/org/{people.cohort.pk}/people/{people.ada_place.pk}/"


@pytest.fixture
def eve(client: Client, people: Cast) -> Client:
    client.force_login(people.eve)
    return client


def test_people_who_do_not_share_are_never_named(people: Cast, eve: Client) -> None:
    _class_of(people, 6, sharing=Sharing.PROGRESS)
    page = eve.get(_overview(people)).content.decode()
    assert "Progress3" in page
    assert "Ada" not in page
    assert str(people.ada_place.pk) not in page


def test_a_group_of_four_has_no_averages_and_says_so(people: Cast, eve: Client) -> None:
    _class_of(people, 3, sharing=Sharing.PROGRESS)
    page = eve.get(_overview(people)).content.decode()
    assert "Too few to say" in page
    assert "Too few people have handed work in" in page


def test_one_private_person_leaves_the_figures_to_those_who_share(
    people: Cast, eve: Client
) -> None:
    _class_of(people, 6, sharing=Sharing.PROGRESS)
    page = eve.get(_overview(people)).content.decode()
    assert "6 of the 6 people who share" in page


def test_a_choice_holds_at_the_next_look(people: Cast, eve: Client) -> None:
    choose_sharing(enrolment=people.ada_place, level=Sharing.PROGRESS, method="test")
    assert "Ada" in eve.get(_overview(people)).content.decode()
    choose_sharing(enrolment=people.ada_place, level=Sharing.PARTICIPATION, method="test")
    assert "Ada" not in eve.get(_overview(people)).content.decode()
    assert eve.get(_person(people)).status_code == 403


def test_the_door_names_nobody_and_is_no_look_at_a_person(people: Cast, eve: Client) -> None:
    answer = eve.get(_person(people))
    assert answer.status_code == 403
    assert "This isn’t shared with you" in answer.content.decode()
    assert "Ada" not in answer.content.decode()
    assert not audit.Entry.objects.filter(action=audit.Action.PERSON_VIEWED).exists()


def test_progress_is_shown_without_work(people: Cast, eve: Client) -> None:
    result = graded(people.ada_place, people.version, 50.0)
    choose_sharing(enrolment=people.ada_place, level=Sharing.PROGRESS, method="test")
    page = eve.get(_person(people)).content.decode()
    assert "not their work" in page
    assert str(result.submission_id) not in page
    assert eve.get(f"{_person(people)}submissions/{result.submission_id}/").status_code == 403


def test_shared_work_is_shown_as_the_learner_saw_it(people: Cast, eve: Client) -> None:
    result = graded(people.ada_place, people.version, 50.0, code="def price(age):\n    return 5\n")
    choose_sharing(enrolment=people.ada_place, level=Sharing.WORK, method="test")
    page = eve.get(f"{_person(people)}submissions/{result.submission_id}/").content.decode()
    assert "price" in page
    assert CANARY not in page
    assert audit.Entry.objects.filter(action=audit.Action.PERSON_VIEWED).count() == 1


def test_work_of_somebody_else_is_not_under_this_person(people: Cast, eve: Client) -> None:
    choose_sharing(enrolment=people.ada_place, level=Sharing.WORK, method="test")
    result = graded(people.zoe_place, people.version)
    assert eve.get(f"{_person(people)}submissions/{result.submission_id}/").status_code == 404


def test_another_organisations_cohort_is_not_there(people: Cast, eve: Client) -> None:
    assert eve.get(f"/org/{people.other_cohort.pk}/").status_code == 404
    assert eve.get(
        f"/org/{people.other_cohort.pk}/people/{people.zoe_place.pk}/"
    ).status_code == 404  # fmt: skip


def test_each_page_says_what_it_is_for(people: Cast, eve: Client) -> None:
    choose_sharing(enrolment=people.ada_place, level=Sharing.PROGRESS, method="test")
    for address in ("/org/", _overview(people), _person(people)):
        assert "not made for choosing whom to hire" in eve.get(address).content.decode()


def test_an_instructor_is_not_an_employer(people: Cast, client: Client) -> None:
    client.force_login(people.ben)
    assert client.get(_overview(people)).status_code == 403
