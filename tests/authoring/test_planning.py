"""Courses of an organisation: what they hold, what a release is, whom a move affects."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from countersign.authoring import plans
from countersign.authoring.archive import packed, unpacked
from countersign.authoring.limits import Unkeepable
from countersign.authoring.models import CoursePlan
from countersign.authoring.plans import Outline, outline_of
from countersign.authoring.services import planning, writing
from countersign.authoring.services.carrying_courses import course_in, course_out
from countersign.authoring.services.planning import NotReady, PlannedMeanwhile, Rules
from countersign.cohorts.models import Cohort
from countersign.common import clock
from countersign.courses.models import Course, Release
from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import keep_version
from countersign.submissions.services import NoTriesLeft, receive
from grader.exercise import from_files
from tests.cast import RIGHT, WRONG, Cast, answer, exercise_files
from tests.work import graded

RULES = Rules(
    title="Safety first", summary="Before the first day.", most_tries=None, gives_hints=True
)


def _own_exercise(people: Cast) -> ExerciseVersion:
    return keep_version(from_files(exercise_files()), organisation=people.northgate)


def _planned(people: Cast, *exercises: ExerciseVersion, rules: Rules = RULES) -> CoursePlan:
    """A course with one unit for each exercise."""
    plan = planning.plan_course(organisation=people.northgate, title=rules.title)
    outline = Outline()
    for at, version in enumerate(exercises):
        outline = plans.with_unit(outline, f"Unit {at + 1}")
        outline = plans.with_exercise(outline, at, 0, version.exercise_id)
    return planning.save_plan(plan=plan, rules=rules, outline=outline, edition=1)


def _released(people: Cast) -> Release:
    made = planning.make_release(organisation=people.northgate, actor=people.ben)
    planning.move_cohort(cohort=people.cohort, release=made, actor=people.ben)
    people.cohort.refresh_from_db()
    people.ada_place.refresh_from_db()
    return made


def test_a_release_holds_the_sites_courses_and_the_organisations_own(people: Cast) -> None:
    _planned(people, _own_exercise(people))

    made = planning.make_release(organisation=people.northgate, actor=people.ben)

    assert list(made.courses.values_list("slug", flat=True)) == [
        "just-enough-python",
        "safety-first",
    ]


def test_nobody_else_is_given_an_organisations_release(people: Cast) -> None:
    _planned(people, _own_exercise(people))

    planning.make_release(organisation=people.northgate, actor=people.ben)

    assert Release.objects.current() == people.release
    assert not Course.objects.of_current_release().filter(slug="safety-first").exists()
    assert Client().get(reverse("course", args=["safety-first"])).status_code == 404


def test_the_same_courses_are_one_release(people: Cast) -> None:
    _planned(people, _own_exercise(people))

    first = planning.make_release(organisation=people.northgate, actor=people.ben)

    assert planning.make_release(organisation=people.northgate, actor=people.ben) == first


def test_another_organisations_exercise_can_t_be_chosen(people: Cast) -> None:
    theirs = keep_version(from_files(exercise_files()), organisation=people.elsewhere)

    chosen = planning.choosable(people.northgate)

    assert theirs not in chosen
    assert people.version in chosen


def test_a_course_with_another_organisations_exercise_is_not_released(people: Cast) -> None:
    theirs = keep_version(from_files(exercise_files()), organisation=people.elsewhere)
    _planned(people, theirs)

    with pytest.raises(NotReady):
        planning.make_release(organisation=people.northgate, actor=people.ben)

    assert not people.northgate.releases.exists()


def test_a_course_without_an_exercise_is_not_released(people: Cast) -> None:
    _planned(people)

    with pytest.raises(NotReady, match="no exercise"):
        planning.make_release(organisation=people.northgate, actor=people.ben)


def test_a_cohort_can_t_be_moved_to_another_organisations_release(people: Cast) -> None:
    _planned(people, _own_exercise(people))
    made = planning.make_release(organisation=people.northgate, actor=people.ben)

    with pytest.raises(NotReady):
        planning.move_cohort(cohort=people.other_cohort, release=made, actor=people.nur)

    assert Cohort.objects.unscoped().get(pk=people.other_cohort.pk).release == people.release


def test_the_preview_names_whom_a_move_affects(people: Cast) -> None:
    graded(people.ada_place, people.version)
    files = exercise_files(uuid=str(people.version.exercise_id)) | {
        "README.md": "`price(age)` anew."
    }
    changed = keep_version(from_files(files))
    site = Release.objects.create(number=2, content_hash=uuid4().hex)
    _copy_with(site, people, changed)

    move = planning.move_preview(cohort=people.cohort, release=site)

    assert (move.people, move.begun, move.learners) == (1, 1, ("Ada",))
    assert move.changed == ("Ticket price",)


def _copy_with(release: Release, people: Cast, version: ExerciseVersion) -> None:
    course = people.release.courses.with_outline().get()
    planning._copy_course(release, course)
    for place in course.modules.get().lessons.get().places.all():
        place.version = version
        place.save()


def test_what_was_handed_in_is_still_there_after_a_move(people: Cast) -> None:
    result = graded(people.ada_place, people.version)
    _planned(people, _own_exercise(people))

    _released(people)

    assert people.ada_place.attempts.get().submissions.get().results.get() == result


def test_a_unit_opens_on_its_day(people: Cast, client: Client) -> None:
    plan = _planned(people, _own_exercise(people))
    outline = plan.outline
    outline[0]["opens_after"] = 7
    planning.save_plan(plan=plan, rules=RULES, outline=outline_of(outline), edition=plan.edition)
    _released(people)
    Cohort.objects.unscoped().filter(pk=people.cohort.pk).update(starts_on=clock.now().date())
    client.force_login(people.ada)
    address = reverse("step", args=["safety-first", "unit-1", "ticket-price"])

    before = client.get(address)
    first_day = clock.now().date() - timedelta(days=7)
    Cohort.objects.unscoped().filter(pk=people.cohort.pk).update(starts_on=first_day)
    after = client.get(address)

    assert (before.status_code, after.status_code) == (403, 200)
    assert "opens on" in before.content.decode()


def test_a_unit_that_waits_opens_when_the_one_before_is_passed(
    people: Cast, client: Client
) -> None:
    first, second = _own_exercise(people), _own_exercise(people)
    plan = _planned(people, first, second)
    outline = plan.outline
    outline[1]["waits"] = True
    planning.save_plan(plan=plan, rules=RULES, outline=outline_of(outline), edition=plan.edition)
    _released(people)
    client.force_login(people.ada)
    address = reverse("step", args=["safety-first", "unit-2", "unit-2"])

    before = client.get(address)
    graded(people.ada_place, first)
    after = client.get(address)

    assert (before.status_code, after.status_code) == (403, 200)


def test_a_course_may_allow_so_many_tries(people: Cast) -> None:
    own = _own_exercise(people)
    rules = Rules(title="Safety first", summary="", most_tries=1, gives_hints=True)
    _planned(people, own, rules=rules)
    _released(people)
    receive(enrolment=people.ada_place, version=own, answer=answer(WRONG), key=uuid4())

    with pytest.raises(NoTriesLeft):
        receive(enrolment=people.ada_place, version=own, answer=answer(RIGHT), key=uuid4())


def test_a_course_goes_out_and_comes_back_byte_for_byte(people: Cast) -> None:
    own = _written(people)
    rules = Rules(title="Safety first", summary="Why.", most_tries=4, gives_hints=False)
    plan = _planned(people, own, people.version, rules=rules)
    outline = plan.outline
    outline[1] |= {"opens_after": 3, "waits": True}
    planning.save_plan(plan=plan, rules=rules, outline=outline_of(outline), edition=plan.edition)
    first = course_out(plan, actor=people.ben)

    came = course_in(organisation=people.northgate, content=first, actor=people.ben)

    assert came == plan
    assert course_out(came, actor=people.ben) == first


def test_a_course_of_another_organisation_comes_in_with_copies(people: Cast) -> None:
    plan = _planned(people, _written(people))
    content = course_out(plan, actor=people.ben)

    came = course_in(organisation=people.elsewhere, content=content, actor=people.nur)

    (copy,) = outline_of(came.outline).exercises
    assert came.organisation == people.elsewhere
    assert copy != outline_of(plan.outline).exercises[0]


def test_a_lesson_without_its_exercise_keeps_the_whole_course_out(people: Cast) -> None:
    plan = _planned(people, _written(people))
    files = unpacked(course_out(plan, actor=people.ben))
    left = {path: text for path, text in files.items() if not path.endswith("exercise.yaml")}

    with pytest.raises(Unkeepable, match="has no exercise"):
        course_in(organisation=people.elsewhere, content=packed(left), actor=people.nur)

    assert not people.elsewhere.course_plans.exists()


def _written(people: Cast) -> ExerciseVersion:
    """An exercise that was written here, and published."""
    files = exercise_files()
    writing.write_down(organisation=people.northgate, files=files, actor=people.ben)
    return keep_version(from_files(files), organisation=people.northgate)


def test_of_two_people_planning_at_once_the_second_is_told(people: Cast) -> None:
    plan = _planned(people, _own_exercise(people))

    with pytest.raises(PlannedMeanwhile):
        planning.save_plan(plan=plan, rules=RULES, outline=Outline(), edition=1)

    plan.refresh_from_db()
    assert outline_of(plan.outline).units


def test_units_are_put_in_another_order(people: Cast) -> None:
    plan = _planned(people, _own_exercise(people), _own_exercise(people))
    outline = outline_of(plan.outline)

    turned = plans.moved(outline, [1], -1)

    assert [unit.title for unit in turned.units] == ["Unit 2", "Unit 1"]
    assert plans.moved(turned, [0], -1) == turned


def test_a_course_is_put_together_on_its_page(people: Cast, client: Client) -> None:
    own = _own_exercise(people)
    plan = planning.plan_course(organisation=people.northgate, title="Safety first")
    client.force_login(people.ben)
    address = reverse("plan_edit", args=[plan.pk])
    base = {"title": "Safety", "summary": "", "most_tries": "3", "hints": "none"}

    client.post(address, {**base, "edition": 1, "do": "add-unit"})
    typed = {"u0.title": "Fire", "u0.l0.title": "Where", "u0.l0.body": "Out.", "u0.l0.minutes": "4"}
    chosen = {"u0.l0.add": str(own.exercise_id), "do": "add-exercise 0 0"}
    client.post(address, {**base, **typed, **chosen, "edition": 2})

    plan.refresh_from_db()
    (unit,) = outline_of(plan.outline).units
    assert (unit.title, unit.lessons[0].body) == ("Fire", "Out.")
    assert unit.lessons[0].exercises == (str(own.exercise_id),)
    assert (plan.most_tries, plan.gives_hints) == (3, False)


def test_another_organisations_course_is_not_there(people: Cast, client: Client) -> None:
    plan = _planned(people, _own_exercise(people))
    client.force_login(people.nur)

    answered = client.post(reverse("plan_edit", args=[plan.pk]), {"title": "Mine", "edition": 2})

    assert answered.status_code == 404
