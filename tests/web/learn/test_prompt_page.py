"""A prompt on its page: the words and their marks, the code they led to, probes and appeals."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from countersign.coaching import appeals
from countersign.coaching.models import Appeal
from countersign.cohorts.models import Cohort
from countersign.cohorts.services import enrol
from countersign.common import clock
from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import keep_version
from countersign.grading.models import Probe
from countersign.grading.services import grade_run, probing
from countersign.submissions.models import Submission
from grader.exercise import load
from tests.cast import Cast, a_release, person
from tests.web.learn.conftest import UNIT
from tests.work import newest_run

PAGE = f"{UNIT}ticket-price-1/"
COURSE = Path(__file__).parents[3] / "curriculum/courses/prompts-that-hold-up"
FOLDER = COURSE / "02-name-the-edges/parcels-by-weight"
RIGHT = (FOLDER / "answers/passed-all.md").read_text()
VAGUE = "Write a function size_of(grams). Up to 1000 grams is small, up to 5000 grams is medium."


@pytest.fixture
def parcels(ada: Client, people: Cast) -> ExerciseVersion:
    version = keep_version(load(FOLDER))
    Cohort.objects.visible_to(people.ben).update(release=a_release(version))
    return version


def run(browser: Client, prompt: str, **more: str) -> str:
    browser.post(f"{PAGE}submit/", {"key": str(uuid4()), "prompt": prompt, **more})
    found: Submission = Submission.objects.unscoped().order_by("-received_at").first()
    grade_run(newest_run(found).pk)
    return browser.get(PAGE).content.decode()


@pytest.mark.usefixtures("parcels")
class TestAPrompt:
    def test_before_a_run_there_is_no_code_and_no_key(self, ada: Client) -> None:
        words = ada.get(PAGE).content.decode()
        assert "The code that the model writes from your prompt appears here" in words
        assert "20000" not in words

    def test_the_words_that_say_a_rule_are_marked(self, ada: Client) -> None:
        words = run(ada, VAGUE)
        assert "<mark>" in words
        assert "Missing from your prompt" in words
        assert "def size_of(grams):" in " ".join(words.split()) or "size_of" in words

    def test_what_is_said_of_a_guess_is_told_beside_the_result(self, ada: Client) -> None:
        assert "You expected 2, and" in run(ada, VAGUE, prediction="2")

    def test_a_prompt_that_says_it_all_passes(self, ada: Client) -> None:
        assert 'data-stage="passed"' in run(ada, RIGHT)

    def test_code_in_place_of_words_is_told_and_costs_nothing(self, ada: Client) -> None:
        words = run(ada, "def size_of(grams):\n    return 'small' if grams <= 1000 else 'large'\n")
        assert "Describe it, don’t paste code" in words
        assert "doesn’t count as an attempt" in words

    def test_other_words_with_the_same_decisions_are_noticed(self, ada: Client) -> None:
        run(ada, VAGUE)
        assert "No decision changed" in run(ada, VAGUE + " Thank you very much for your help.")

    def test_words_that_were_refused_were_never_made_into_code(self, ada: Client) -> None:
        words = run(ada, "def size_of(grams):\n    return 'small' if grams <= 1000 else 'large'\n")
        stages = words.partition('class="stages"')[2].partition("</ol>")[0]
        assert (stages.count('class="done"'), stages.count('class="stop"')) == (1, 1)

    def test_the_result_of_a_script_brings_marks_and_code_along(self, ada: Client) -> None:
        run(ada, VAGUE)
        region = ada.get(f"{PAGE}status/", headers={"HX-Request": "true"}).content.decode()
        for part in ("prompt-marks", "model-code", "submit"):
            assert f'id="{part}"' in region

    def test_a_marked_prompt_is_escaped(self, ada: Client) -> None:
        words = run(ada, "<script>alert(1)</script> " + VAGUE)
        assert "<script>alert" not in words


@pytest.mark.usefixtures("parcels")
class TestProbing:
    def test_after_a_minute_without_an_answer_the_fault_is_ours(self, ada: Client) -> None:
        ada.post(f"{PAGE}probe/", {"probe.grams": "1000"})
        waiting = ada.get(f"{PAGE}probe/")
        Probe.objects.unscoped().update(at=clock.now() - timedelta(seconds=61))
        given_up = ada.get(f"{PAGE}probe/")
        assert "every 300ms" in waiting.content.decode()
        assert "a problem on our side" in given_up.content.decode()
        assert (waiting.status_code, given_up.status_code) == (200, 286)

    def test_an_input_gives_what_the_function_should_give(self, ada: Client) -> None:
        ada.post(f"{PAGE}probe/", {"probe.grams": "1000"})
        assert probing.run_next()
        words = ada.get(f"{PAGE}probe/").content.decode()
        assert "size_of(1000)" in words
        assert "small" in words

    def test_an_input_that_is_not_allowed_is_told_why(self, ada: Client) -> None:
        ada.post(f"{PAGE}probe/", {"probe.grams": "a lot"})
        probing.run_next()
        assert "Type a" in ada.get(f"{PAGE}probe/").content.decode()

    def test_waiting_is_shown_and_asked_again(self, ada: Client) -> None:
        ada.post(f"{PAGE}probe/", {"probe.grams": "1000"})
        answer = ada.get(f"{PAGE}probe/")
        assert answer.status_code == 200
        assert "hx-get" in answer.content.decode()

    def test_trying_it_twice_changes_nothing(self, ada: Client) -> None:
        ada.post(f"{PAGE}probe/", {"probe.grams": "1000"})
        probe = Probe.objects.unscoped().get()
        probing.run(probe.pk)
        probing.run(probe.pk)
        probe.refresh_from_db()
        assert probe.state == "done"

    def test_more_than_anyone_reads_is_refused_kindly(self, ada: Client) -> None:
        for _ in range(probing.MOST_A_MINUTE):
            ada.post(f"{PAGE}probe/", {"probe.grams": "1000"})
        assert ada.post(f"{PAGE}probe/", {"probe.grams": "1000"}).status_code == 429

    def test_an_exercise_without_a_box_has_none(self, ada: Client, people: Cast) -> None:
        Cohort.objects.visible_to(people.ben).update(release=people.release)
        assert ada.get(PAGE + "probe/").status_code == 404


@pytest.mark.usefixtures("parcels")
class TestAppeals:
    def appealed(self, ada: Client) -> Appeal:
        run(ada, VAGUE)
        ada.post(f"{PAGE}appeal/", {"decision": "heavy", "says": "up to 5000 grams"})
        found: Appeal = Appeal.objects.unscoped().get()
        return found

    def test_it_reaches_the_instructor_with_what_was_written(
        self, ada: Client, people: Cast
    ) -> None:
        self.appealed(ada)
        ben = Client()
        ben.force_login(people.ben)
        words = ben.get("/teach/appeals/").content.decode()
        assert "up to 5000 grams" in words
        assert VAGUE in words

    def test_its_effect_on_others_is_shown_before_it_is_answered(
        self, ada: Client, people: Cast
    ) -> None:
        bob = Client()
        bob.force_login(enrol(cohort=people.cohort, learner=person("Bob")).learner)
        run(bob, f"{VAGUE} Up to  5000 GRAMS.")
        appeal = self.appealed(ada)
        found = appeals.effect(appeal)
        assert (found.submissions, found.learners, found.with_the_words) == (1, 1, 1)
        ben = Client()
        ben.force_login(people.ben)
        words = ben.get("/teach/appeals/").content.decode()
        assert "unread in 1 other submission" in words

    def test_work_of_other_organisations_is_no_effect(self, ada: Client, people: Cast) -> None:
        Cohort.objects.visible_to(people.nur).update(
            release=Cohort.objects.visible_to(people.ben).get().release
        )
        zoe = Client()
        zoe.force_login(people.zoe)
        run(zoe, VAGUE)
        assert appeals.effect(self.appealed(ada)).submissions == 0

    def test_the_answer_is_shown_beside_the_result(self, ada: Client, people: Cast) -> None:
        appeal = self.appealed(ada)
        ben = Client()
        ben.force_login(people.ben)
        ben.post(
            f"/teach/appeals/{appeal.pk}/", {"upheld": "no", "reply": "Which weight is too much?"}
        )
        assert "Which weight is too much?" in ada.get(PAGE).content.decode()

    def test_nobody_else_answers(self, ada: Client, people: Cast) -> None:
        appeal = self.appealed(ada)
        nur = Client()
        nur.force_login(people.nur)
        assert nur.post(f"/teach/appeals/{appeal.pk}/", {"reply": "x"}).status_code == 404
        assert appeal.answered_at is None

    def test_a_rule_that_there_is_not_sends_nothing(self, ada: Client) -> None:
        run(ada, VAGUE)
        ada.post(f"{PAGE}appeal/", {"decision": "nothing"})
        assert not Appeal.objects.unscoped().exists()
