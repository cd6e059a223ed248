"""The roster of a cohort, and the learner behind a line."""

from __future__ import annotations

from django.test import Client

from countersign import audit
from countersign.cohorts.services import enrol
from countersign.events import outbox
from tests.cast import Cast, person
from tests.work import graded


def _as(client: Client, user: object) -> Client:
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_the_roster_says_how_far_each_learner_is(people: Cast, client: Client) -> None:
    graded(people.ada_place, people.version, 40.0)
    graded(people.ada_place, people.version, 100.0)
    outbox.deliver()
    page = _as(client, people.ben).get(f"/teach/cohorts/{people.cohort.pk}/").content.decode()
    row = page[page.index("<tbody>") : page.index("</tbody>")]
    assert "Ada" in row
    assert "1 of 1" in row
    assert "0 of 1" in row  # at first try
    assert "Zoe" not in page


def test_another_organisations_cohort_is_not_there(people: Cast, client: Client) -> None:
    answer = _as(client, people.ben).get(f"/teach/cohorts/{people.other_cohort.pk}/")
    assert answer.status_code == 404


def test_a_roster_is_found_by_part_of_a_name_or_an_address(people: Cast, client: Client) -> None:
    enrol(cohort=people.cohort, learner=person("Tomasz"))
    page = _as(client, people.ben).get(f"/teach/cohorts/{people.cohort.pk}/?q=TOM")
    assert [line.enrolment.learner.name for line in page.context["rows"]] == ["Tomasz"]
    page = client.get(f"/teach/cohorts/{people.cohort.pk}/?q=ada@")
    assert [line.enrolment.learner.name for line in page.context["rows"]] == ["Ada"]


def test_a_roster_is_sorted_both_ways_and_the_head_says_so(people: Cast, client: Client) -> None:
    enrol(cohort=people.cohort, learner=person("Tomasz"))
    graded(people.ada_place, people.version)
    outbox.deliver()
    address = f"/teach/cohorts/{people.cohort.pk}/"
    down = _as(client, people.ben).get(f"{address}?sort=-passed")
    up = client.get(f"{address}?sort=passed")
    assert [line.enrolment.learner.name for line in down.context["rows"]] == ["Ada", "Tomasz"]
    assert [line.enrolment.learner.name for line in up.context["rows"]] == ["Tomasz", "Ada"]
    assert 'aria-sort="descending"' in down.content.decode()


def test_a_sort_that_nobody_offers_is_by_name(people: Cast, client: Client) -> None:
    answer = _as(client, people.ben).get(f"/teach/cohorts/{people.cohort.pk}/?sort=password")
    assert answer.status_code == 200


def test_the_file_of_a_roster_holds_no_formula_and_is_kept_in_the_log(
    people: Cast, client: Client
) -> None:
    evil = person("Mallory")
    evil.name = '=HYPERLINK("http://evil.example")'
    evil.save()
    enrol(cohort=people.cohort, learner=evil)
    answer = _as(client, people.ben).get(f"/teach/cohorts/{people.cohort.pk}/roster.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "'=HYPERLINK" in answer.content.decode()
    assert audit.Entry.objects.filter(action=audit.Action.ROSTER_EXPORTED).count() == 1


def test_looking_at_a_learner_is_kept(people: Cast, client: Client) -> None:
    graded(people.ada_place, people.version, 40.0)
    _as(client, people.ben).get(f"/teach/cohorts/{people.cohort.pk}/people/{people.ada_place.pk}/")
    entry = audit.Entry.objects.get(action=audit.Action.PERSON_VIEWED)
    assert (entry.actor, entry.thing) == (people.ben.pk, str(people.ada_place.pk))


def test_a_learners_page_says_how_each_exercise_stands(people: Cast, client: Client) -> None:
    graded(people.ada_place, people.version, 40.0)
    graded(people.ada_place, people.version, 70.0)
    page = _as(client, people.ben).get(
        f"/teach/cohorts/{people.cohort.pk}/people/{people.ada_place.pk}/"
    )
    (line,) = page.context["lines"]
    assert (line.state, line.tries, line.best) == ("not_passed", 2, 70.0)


def test_a_learner_of_another_cohort_is_not_there(people: Cast, client: Client) -> None:
    address = f"/teach/cohorts/{people.cohort.pk}/people/{people.zoe_place.pk}/"
    assert _as(client, people.ben).get(address).status_code == 404


def test_a_place_is_ended_only_after_the_question(people: Cast, client: Client) -> None:
    address = f"/teach/cohorts/{people.cohort.pk}/people/{people.ada_place.pk}/end/"
    _as(client, people.ben).get(address)
    people.ada_place.refresh_from_db()
    assert people.ada_place.ended_at is None
    client.post(address)
    people.ada_place.refresh_from_db()
    assert people.ada_place.ended_at is not None


def test_a_learner_may_not_open_the_instructors_pages(people: Cast, client: Client) -> None:
    assert _as(client, people.ada).get("/teach/").status_code == 403
