"""Home, course, unit and lesson."""

from __future__ import annotations

import pytest
from django.test import Client

from countersign.cohorts.models import Enrolment
from countersign.courses.models import Lesson
from tests.cast import Cast, a_release, a_version, person
from tests.web.learn.conftest import COURSE, EXERCISE, LESSON, UNIT
from tests.work import graded

BODY = """Words before.

## First part

More words, with `code`.

```python
price = 900
```

```predict
ask: What does it print?
options:
  - text: "`7`"
    correct: true
    why: Line 3 ran first.
  - text: "`6`"
    why: Nothing works it out again.
```

## Second part

<script>alert(1)</script> The end.
"""


def text_of(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_visitor_may_read_what_a_course_is(client: Client, people: Cast) -> None:
    text = text_of(client, COURSE)
    assert "Read small programs before you trust them." in text
    assert "Sign in to start" in text
    assert UNIT not in text, "a visitor is led to a closed door"


@pytest.mark.parametrize("address", [UNIT, LESSON, EXERCISE, "/learn/", "/me/skills/"])
def test_a_visitor_is_asked_to_sign_in_for_the_rest(
    client: Client, people: Cast, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]


def test_starting_a_course_gives_a_place_and_opens_its_first_step(people: Cast) -> None:
    newcomer = person("Noa")
    browser = Client()
    browser.force_login(newcomer)
    assert "Start the course" in text_of(browser, COURSE)
    answer = browser.post(f"{COURSE}start/")
    assert answer["Location"] == LESSON
    assert Enrolment.objects.visible_to(newcomer).count() == 1


def test_starting_twice_is_starting_once(ada: Client, people: Cast) -> None:
    ada.post(f"{COURSE}start/")
    assert Enrolment.objects.visible_to(people.ada).of(people.ada).count() == 1


def test_a_course_that_does_not_exist_is_a_404(ada: Client) -> None:
    assert ada.get("/courses/no-such-course/").status_code == 404
    assert ada.post("/courses/no-such-course/start/").status_code == 404


def test_the_course_shows_how_far_one_is(ada: Client, people: Cast) -> None:
    assert "0 of 1" in text_of(ada, COURSE)
    graded(people.ada_place, people.version, 100.0)
    assert "Every exercise passed" in text_of(ada, COURSE)


def test_home_has_one_way_to_go_on(ada: Client) -> None:
    text = text_of(ada, "/learn/")
    assert text.count('class="btn go"') == 1
    assert LESSON in text


def test_home_goes_on_with_an_exercise_that_was_begun(ada: Client, people: Cast) -> None:
    graded(people.ada_place, people.version, 40.0)
    text = text_of(ada, "/learn/")
    assert f'<a class="btn go" href="{EXERCISE}">' in text


def test_home_of_a_newcomer_offers_the_courses(people: Cast) -> None:
    browser = Client()
    browser.force_login(person("Noa"))
    text = text_of(browser, "/learn/")
    assert "You haven’t started a course yet" in text
    assert COURSE in text


def test_work_on_an_older_version_stays_done(ada: Client, people: Cast) -> None:
    graded(people.ada_place, people.version, 100.0)
    changed = a_version(uuid=str(people.version.exercise_id), aided=False)
    release = a_release(changed)
    type(people.cohort).objects.visible_to(people.ben).update(release=release)
    assert "Every exercise passed" in text_of(ada, COURSE)
    text = text_of(ada, EXERCISE)
    assert "There is a newer version of this exercise" in text
    assert "?version=1" in text_of(ada, f"{EXERCISE}attempts/")
    assert "version 1 of the exercise" in text_of(ada, f"{EXERCISE}attempts/1/?version=1")


def test_a_lesson_asks_before_it_tells(ada: Client) -> None:
    Lesson.objects.update(body=BODY)
    text = text_of(ada, LESSON)
    assert 'type="radio" name="predict-1"' in text
    assert "```" not in text
    assert 'href="#part-second-part"' in text
    assert 'id="part-second-part"' in text
    assert "<script>alert" not in text


def test_a_lesson_ends_with_the_way_to_its_exercise(ada: Client, people: Cast) -> None:
    assert f'href="{EXERCISE}">To the exercise' in text_of(ada, LESSON)


def test_when_its_exercises_are_passed_a_lesson_leads_on(ada: Client, people: Cast) -> None:
    graded(people.ada_place, people.version, 100.0)
    assert "Back to the unit" in text_of(ada, LESSON)


def test_the_unit_lists_lessons_and_exercises(ada: Client, people: Cast) -> None:
    graded(people.ada_place, people.version, 40.0)
    text = text_of(ada, UNIT)
    assert LESSON in text
    assert EXERCISE in text
    assert "Begun" in text


def test_the_newest_place_that_holds_the_course_is_worked_in(ada: Client, people: Cast) -> None:
    from countersign.cohorts.services import enrol, make_cohort

    later = enrol(
        cohort=make_cohort(organisation=people.northgate, name="Winter intake"),
        learner=people.ada,
    )
    ada.post(f"{EXERCISE}submit/", {"file:solution.py": "a = 1"})
    assert later.attempts.count() == 1
    assert people.ada_place.attempts.count() == 0
