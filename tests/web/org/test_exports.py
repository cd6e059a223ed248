"""Tables to take away: made in the background, handed out under the choices that hold then."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client

from countersign import audit
from countersign.cohorts.models import Enrolment, Sharing
from countersign.cohorts.services import choose_sharing, end_enrolment, enrol
from countersign.common import clock
from countersign.events import outbox
from countersign.insights.models import Export, ExportKind, ExportState
from countersign.insights.services import ask_for_export
from tests.cast import Cast, person
from tests.work import graded

FORMULA = '=HYPERLINK("http://x")'
NAMES = [FORMULA, "مريم العلي", "Dilys 🎉 Pugh", "X" * 118, "@sum", "Amara"]


@pytest.fixture
def places(people: Cast) -> list[Enrolment]:
    """Six people with awkward names who share."""
    found = []
    for number, name in enumerate(NAMES):
        learner = person(f"learner{number}")
        learner.name = name
        learner.save()
        place = enrol(cohort=people.cohort, learner=learner, sharing=Sharing.PROGRESS)
        graded(place, people.version, 100.0)
        found.append(place)
    outbox.deliver()
    return found


@pytest.fixture
def eve(client: Client, people: Cast) -> Client:
    client.force_login(people.eve)
    return client


def _made(people: Cast, kind: ExportKind = ExportKind.COMPLETION) -> Export:
    export = ask_for_export(people.cohort, kind=kind, practice=True, actor=people.eve)
    outbox.deliver()
    export.refresh_from_db()
    return export


def _rows(client: Client, export: Export) -> list[list[str]]:
    text = client.get(_address(export)).content.decode("utf-8-sig")
    return [row for row in csv.reader(io.StringIO(text)) if not row[0].startswith("#")]


def _address(export: Export) -> str:
    return f"/org/{export.cohort_id}/reports/{export.pk}/"


def test_names_of_any_sort_come_out_safe_and_whole(
    people: Cast, places: list[Enrolment], eve: Client
) -> None:
    head, *rows = _rows(eve, _made(people))
    assert head[0] == "name"
    assert {row[0] for row in rows} == {
        f"'{FORMULA}", "مريم العلي", "Dilys 🎉 Pugh", "X" * 118, "'@sum", "Amara", "(group)",
    }  # fmt: skip


def test_each_file_says_what_it_is_for(people: Cast, places: list[Enrolment], eve: Client) -> None:
    for kind in ExportKind:
        text = eve.get(_address(_made(people, kind))).content.decode()
        assert "not made for choosing whom to hire" in text
        assert "definitions" in text


def test_somebody_who_stopped_sharing_since_is_not_in_the_file_nor_to_be_worked_out(
    people: Cast, places: list[Enrolment], eve: Client
) -> None:
    export = _made(people)
    choose_sharing(enrolment=places[5], level=Sharing.PARTICIPATION, method="test")
    names = {row[0] for row in _rows(eve, export)}
    assert "Amara" not in names
    assert "(group)" not in names


def test_a_choice_withdrawn_while_the_file_is_made_holds(
    people: Cast, places: list[Enrolment], eve: Client
) -> None:
    export = ask_for_export(people.cohort, kind=ExportKind.SKILLS, practice=True, actor=people.eve)
    choose_sharing(enrolment=places[5], level=Sharing.PARTICIPATION, method="test")
    outbox.deliver()
    assert "Amara" not in eve.get(_address(export)).content.decode()


def test_an_erased_learner_leaves_nothing_in_an_old_file(
    people: Cast, places: list[Enrolment], eve: Client
) -> None:
    export = _made(people)
    gone = places[5].pk
    places[5].learner.delete()
    assert not export.people.filter(enrolment=gone).exists()
    names = {row[0] for row in _rows(eve, export)}
    assert "Amara" not in names
    assert "(group)" not in names


def test_somebody_who_left_the_cohort_is_not_in_an_old_file(
    people: Cast, places: list[Enrolment], eve: Client
) -> None:
    export = _made(people)
    end_enrolment(enrolment=places[5], actor=people.ben)
    assert "Amara" not in eve.get(_address(export)).content.decode()


def test_an_old_link_leads_nowhere_after_a_week(
    people: Cast, places: list[Enrolment], eve: Client
) -> None:
    export = _made(people)
    with clock.pretend(clock.now() + timedelta(days=8)):
        eve.force_login(people.eve)
        assert eve.get(_address(export)).status_code == 410


def test_somebody_elses_file_is_not_there(
    people: Cast, places: list[Enrolment], client: Client
) -> None:
    export = _made(people)
    client.force_login(people.nur)
    assert client.get(_address(export)).status_code == 404


def test_a_download_is_a_look_that_the_people_in_it_can_see(
    people: Cast, places: list[Enrolment], eve: Client
) -> None:
    eve.get(_address(_made(people)))
    looks = audit.Entry.objects.filter(action=audit.Action.PERSON_VIEWED)
    assert {look.thing for look in looks} == {str(place.pk) for place in places}
    assert audit.Entry.objects.filter(action=audit.Action.INSIGHTS_EXPORTED).count() == 1


def test_the_page_names_columns_and_who_is_left_out_before_anything_is_made(
    people: Cast, places: list[Enrolment], eve: Client
) -> None:
    page = eve.get(f"/org/{people.cohort.pk}/reports/").content.decode()
    assert "passed_at_first_try" in page
    assert "6 people share their progress" in page
    assert "One person is left out" in page


def test_asking_makes_a_file_in_the_tray(people: Cast, eve: Client) -> None:
    eve.post(f"/org/{people.cohort.pk}/reports/make/", {"kind": "skills"})
    export = Export.objects.visible_to(people.eve).get()
    assert export.state == ExportState.WAITING
    assert eve.get(f"/org/{people.cohort.pk}/reports/tray/").status_code == 200
    outbox.deliver()
    assert eve.get(f"/org/{people.cohort.pk}/reports/tray/").status_code == 286


def test_a_kind_that_is_not_there_makes_nothing(people: Cast, eve: Client) -> None:
    answer = eve.post(f"/org/{people.cohort.pk}/reports/make/", {"kind": "everything"})
    assert answer.status_code == 404
    assert not Export.objects.visible_to(people.eve).exists()
