"""Regrading much at once, as an instructor does it and as a learner hears of it."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from countersign.cohorts.services import enrol
from countersign.common import clock
from countersign.grading.models import Reason, Result, Run
from countersign.regrades.models import Regrade, Stage
from tests.cast import Cast, person
from tests.regrades.test_regrade import begun, ended, newer_version
from tests.work import CANARY, graded


def begin_at(people: Cast) -> str:
    return f"/teach/exercises/{people.version.exercise_id}/regrade/"


def one(regrade: Regrade, *, verb: str = "") -> str:
    return f"/teach/regrades/{regrade.pk}/{verb}"


def asked(people: Cast, **fields: object) -> dict[str, object]:
    return {"whose": people.northgate.pk, "target": people.version.pk, **fields}


def only() -> Regrade:
    found: Regrade = Regrade.objects.unscoped().get()
    return found


def decided(client: Client, regrade: Regrade, **fields: object) -> str:
    seal = client.get(one(regrade)).context["form"].initial["seal"]
    sent = {"policy": "replace", "seal": seal, "why": "A check was wrong.", **fields}
    return client.post(one(regrade, verb="apply/"), sent, follow=True).content.decode()


def test_one_chooses_whose_work_and_a_dry_run_begins(people: Cast, client: Client) -> None:
    bo = enrol(cohort=people.cohort, learner=person("Bo"))
    for place in (people.ada_place, bo, people.zoe_place):
        graded(place, people.version)
    client.force_login(people.ben)
    assert "Everyone of Northgate Facilities" in client.get(begin_at(people)).content.decode()

    page = client.post(begin_at(people), asked(people), follow=True).content.decode()

    assert "0 of 2 judged anew" in page
    assert Run.objects.unscoped().filter(reason=Reason.TRIAL).count() == 2
    assert "0 of 2" in client.get(one(only(), verb="progress/")).content.decode()


def test_a_scope_without_work_and_days_the_wrong_way_round_are_said(
    people: Cast, client: Client
) -> None:
    client.force_login(people.ben)
    page = client.post(begin_at(people), asked(people))
    assert page.status_code == 422
    assert "None of this work has come to a verdict" in page.content.decode()
    today = clock.now().date()
    days = {"since": today, "until": today - timedelta(days=1)}
    assert (
        "before the first one"
        in client.post(begin_at(people), asked(people, **days)).content.decode()
    )


def test_a_version_of_another_exercise_is_no_choice(people: Cast, client: Client) -> None:
    graded(people.ada_place, people.version)
    other = newer_version(people)
    client.force_login(people.ben)
    page = client.post(begin_at(people), asked(people, target=other.pk))
    assert page.status_code == 422, "it stands in no release"
    assert (
        client.post(begin_at(people), asked(people, whose=people.other_cohort.pk)).status_code
        == 422
    )


def test_the_table_shows_old_and_new_and_no_hidden_value(people: Cast, client: Client) -> None:
    graded(people.ada_place, people.version, 60.0)
    regrade = ended(begun(people), 100.0)
    client.force_login(people.ben)
    page = client.get(one(regrade)).content.decode()
    assert "holds now:" in page
    assert "Children up to 12 pay 5." in page
    assert CANARY not in page
    assert client.get(one(regrade, verb="progress/")).status_code == 286


def test_applied_the_learner_is_told_and_reads_the_old_result(people: Cast, client: Client) -> None:
    old = graded(people.ada_place, people.version, 60.0)
    regrade = ended(begun(people), 100.0)
    client.force_login(people.ben)
    assert "1 result changed" in decided(client, regrade)

    client.force_login(people.ada)
    home = client.get("/learn/").content.decode()
    where = "/learn/just-enough-python/first-steps/ticket-price-1/"
    exercise = client.get(where).content.decode()
    earlier = client.get(f"{where}attempts/1/?result={old.pk}")

    assert "60 of 100 became 100 of 100" in home
    assert "A check was wrong." in home
    assert "This work was judged anew" in exercise
    assert "An earlier result" in earlier.content.decode()
    assert "60 of 100" in client.get(f"{where}attempts/1/").content.decode()
    client.force_login(people.zoe)
    assert client.get(f"{where}attempts/1/?result={old.pk}").status_code == 404


def test_the_old_result_stays_readable_to_the_instructor(people: Cast, client: Client) -> None:
    old = graded(people.ada_place, people.version, 60.0)
    regrade = ended(begun(people), 100.0)
    client.force_login(people.ben)
    decided(client, regrade)
    page = client.get(f"/teach/submissions/{old.submission_id}/?result={old.pk}").content.decode()
    assert "Another result counts now" in page
    assert client.get(f"/teach/submissions/{old.submission_id}/?result=x").status_code == 404


def test_lowering_asks_for_a_reason_and_a_tick_and_keeps_what_was_typed(
    people: Cast, client: Client
) -> None:
    old = graded(people.ada_place, people.version, 100.0)
    regrade = ended(begun(people), 40.0)
    client.force_login(people.ben)
    page = decided(client, regrade)
    assert "Some results become lower" in page
    assert "A check was wrong." in page
    assert Result.objects.unscoped().counting().get() == old
    assert "1 result changed" in decided(client, regrade, lowers="on")


def test_a_table_that_changed_since_the_look_is_not_applied(people: Cast, client: Client) -> None:
    graded(people.ada_place, people.version, 60.0)
    regrade = ended(begun(people), 100.0)
    client.force_login(people.ben)
    page = decided(client, regrade, seal="0" * 64)
    assert "A result changed since you looked" in page
    assert only().stage == Stage.DRY


def test_a_target_that_left_every_release_is_not_applied(people: Cast, client: Client) -> None:
    graded(people.ada_place, people.version, 60.0)
    regrade = ended(begun(people, target=people.version), 100.0)
    people.version.places.all().delete()
    client.force_login(people.ben)
    assert "stands in no release" in decided(client, regrade)
    assert only().stage == Stage.DRY


def test_cancel_and_undo_say_what_became_of_the_results(people: Cast, client: Client) -> None:
    graded(people.ada_place, people.version, 60.0)
    client.force_login(people.ben)
    first = begun(people)
    page = client.post(one(first, verb="cancel/"), follow=True).content.decode()
    assert "Every result is as it was" in page
    second = ended(begun(people), 100.0)
    decided(client, second)
    page = client.post(one(second, verb="undo/"), follow=True).content.decode()
    assert "1 result is as it was" in page
    again = client.post(one(second, verb="undo/"), follow=True).content.decode()
    assert "nothing to undo" in again
    assert "Undone" in client.get("/teach/regrades/").content.decode()


def test_regrades_of_others_are_not_there(people: Cast, client: Client) -> None:
    graded(people.ada_place, people.version, 60.0)
    regrade = ended(begun(people), 100.0)
    client.force_login(people.nur)
    for verb in ("apply/", "cancel/", "again/", "undo/"):
        assert client.post(one(regrade, verb=verb)).status_code == 404
    assert only().stage == Stage.DRY
    assert "No regrades yet" in client.get("/teach/regrades/").content.decode()
