"""A case on the page: claims, data and memo in one form, told about only afterwards."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from countersign.cohorts.models import Cohort
from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import keep_version
from countersign.grading.services import grade_run
from countersign.grading.services.marking import mark_memo
from countersign.grading.services.marks import criteria_of
from countersign.learning.services import graded_work
from countersign.submissions.models import Draft, Submission
from grader.exercise import from_files
from tests.cast import Cast, a_release
from tests.decide import RIGHT, decide_files
from tests.web.learn.conftest import UNIT
from tests.work import newest_run

CASE = f"{UNIT}ticket-price-1/"


@pytest.fixture
def case(ada: Client, people: Cast) -> ExerciseVersion:
    """Ada's cohort now has a release whose one exercise is a case."""
    version = keep_version(from_files(decide_files()))
    Cohort.objects.visible_to(people.ben).update(release=a_release(version))
    return version


def hand_in(browser: Client, **changed: str) -> Submission:
    fields = {name: text for name, text in {**RIGHT, **changed}.items() if text}
    browser.post(f"{CASE}submit/", {"key": str(uuid4()), **fields})
    found: Submission = Submission.objects.unscoped().order_by("-number").first()
    grade_run(newest_run(found).pk)
    return found


@pytest.mark.usefixtures("case")
class TestACase:
    def test_it_shows_claims_cells_and_passages_and_no_key(self, ada: Client) -> None:
        text = ada.get(CASE).content.decode()

        assert "In March, 29 % of the drill loans came back late." in text
        assert 'data-cell="D8"' in text
        assert 'data-cell="notes:2"' in text
        assert "divided by the loans of the ladders" not in text

    def test_a_checked_memo_passes_with_its_points_of_85(self, ada: Client) -> None:
        hand_in(ada)
        text = ada.get(CASE).content.decode()

        assert "85 of 85" in text
        assert "An instructor marks the reasons" in text
        assert "What each decision is worth" in text
        assert "divided by the loans of the ladders" in text

    def test_a_marked_memo_shows_its_points_of_100(self, ada: Client, people: Cast) -> None:
        memo = hand_in(ada)
        points = dict.fromkeys(criteria_of(memo), 1)
        mark_memo(memo, marker=people.ben, points=points, note="Which cost did you weigh?")
        text = ada.get(CASE).content.decode()

        assert "92.5 of 100" in text
        assert "7.5 of 15" in text
        assert "Which cost did you weigh?" in text
        assert "Ben" not in text

    def test_a_wrong_number_gets_a_pointer_and_no_key(self, ada: Client) -> None:
        hand_in(ada, **{"facts.late_share.value": "29"})
        text = ada.get(CASE).content.decode()

        assert "Which six cells are that?" in text
        assert "What each decision is worth" not in text

    def test_a_sum_of_the_learners_is_worked_out_for_them(self, ada: Client) -> None:
        hand_in(ada, **{"facts.late_share.value": "29"})

        assert "your sum gives 21.9512" in ada.get(CASE).content.decode()

    def test_an_empty_memo_is_told_so_and_is_no_attempt(self, ada: Client) -> None:
        hand_in(ada, **dict.fromkeys(RIGHT, ""))

        assert "There is nothing to check yet" in ada.get(CASE).content.decode()

    def test_what_is_typed_is_kept(self, ada: Client) -> None:
        hand_in(ada, **{"decision.choice": "", "claims.march.evidence": "<b>C8</b>"})
        text = ada.get(CASE).content.decode()

        assert "&lt;b&gt;C8&lt;/b&gt;" in text
        assert "You haven’t chosen a decision yet." in text

    def test_a_draft_keeps_every_field(self, ada: Client) -> None:
        ada.post(f"{CASE}draft/", {**RIGHT, "revision": "0"})

        kept = Draft.objects.get().answer["fields"]
        assert kept["claims"]["march"] == {
            "status": "wrong",
            "evidence": "C8, D8",
            "check": "=100 * D8 / C8",
        }
        assert kept["decision"]["choice"] == "limit"

    def test_two_memos_stand_side_by_side(self, ada: Client) -> None:
        hand_in(ada, **{"facts.late_share.value": "29"})
        hand_in(ada)
        text = ada.get(f"{CASE}attempts/?compare=1&with=2").content.decode()

        assert "<del>29</del>" in text
        assert "<ins>19.3 %</ins>" in text
        assert (
            "Drills are late 7.3 times a month." in ada.get(f"{CASE}attempts/1/").content.decode()
        )

    def test_evidence_is_a_share_of_what_could_be_reached(self, ada: Client, people: Cast) -> None:
        hand_in(ada)

        assert [work.score for work in graded_work(people.ada_place)] == [100.0]

    def test_staff_read_the_score_as_out_of_85(self, ada: Client, people: Cast) -> None:
        submission = hand_in(ada, **{"decision.choice": "none"})

        ben = Client()
        ben.force_login(people.ben)
        assert "65 of 85" in ben.get(f"/teach/submissions/{submission.pk}/").content.decode()
