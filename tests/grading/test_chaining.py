"""A chain is handed in link by link, each locked until the one before is. It is one record."""

from __future__ import annotations

from typing import Any

import pytest

from countersign.events import outbox
from countersign.exercises.models import ExerciseVersion
from countersign.grading.models import Result
from countersign.grading.services import grade_next
from countersign.grading.services.chaining import NotItsTurn, Unreadable, chain_of
from countersign.grading.services.following import revealed
from countersign.insights import services as insights
from countersign.learning.models import Evidence
from countersign.submissions.models import Attempt, ChainStep, Submission
from grader.kinds.chain.spec import Link
from tests.cast import Cast
from tests.chain import FOUND, GOOD, NOTHING, POOR, a_chain, gone_through, hand_on


@pytest.fixture
def version(db: None) -> ExerciseVersion:
    return a_chain()


def judged() -> Result:
    while grade_next():
        pass
    while outbox.deliver():
        pass
    found: Result = Result.objects.unscoped().order_by("-made_at").first()
    return found


GIVEN: dict[Link, Any] = {Link.PROMPT: GOOD, Link.REVIEW: NOTHING, Link.DECIDE: "ship"}


@pytest.mark.parametrize("link", [Link.REVIEW, Link.DECIDE])
def test_a_link_is_locked_until_the_one_before_it_is_handed_in(
    people: Cast, version: ExerciseVersion, link: Link
) -> None:
    with pytest.raises(NotItsTurn):
        hand_on(people.ada_place, version, link, GIVEN[link])
    assert not ChainStep.objects.unscoped().exists()


def test_a_link_is_handed_in_once(people: Cast, version: ExerciseVersion) -> None:
    hand_on(people.ada_place, version, Link.PROMPT, POOR)
    with pytest.raises(NotItsTurn):
        hand_on(people.ada_place, version, Link.PROMPT, GOOD)
    chain = chain_of(Attempt.objects.unscoped().get())
    assert chain.steps[Link.PROMPT].given == POOR
    assert "round(minutes" in chain.output


def test_before_the_last_link_nothing_is_handed_in_and_nothing_told(
    people: Cast, version: ExerciseVersion
) -> None:
    hand_on(people.ada_place, version, Link.PROMPT, POOR)
    hand_on(people.ada_place, version, Link.REVIEW, FOUND)
    assert not Submission.objects.unscoped().exists()


@pytest.mark.parametrize(
    ("link", "given"),
    [
        (Link.PROMPT, ""),
        (Link.PROMPT, "x" * 2000),
        (Link.REVIEW, {"call": "", "findings": []}),
        (Link.REVIEW, {"call": "fix", "findings": [{"call": "other(1)", "expected": "1"}]}),
        (Link.DECIDE, "burn"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(
    people: Cast, version: ExerciseVersion, link: Link, given: Any
) -> None:
    for earlier in list(Link)[: list(Link).index(link)]:
        hand_on(people.ada_place, version, earlier, GIVEN[earlier])
    with pytest.raises(Unreadable) as refusal:
        hand_on(people.ada_place, version, link, given)
    assert refusal.value.problem.message
    assert not ChainStep.objects.unscoped().filter(link=link.value).exists()


def test_the_whole_is_one_submission_with_a_score_for_each_link(
    people: Cast, version: ExerciseVersion
) -> None:
    gone_through(people.ada_place, version, POOR, FOUND, "mend")
    result = judged()
    assert Submission.objects.unscoped().count() == 1
    assert result.status == "failed"
    told = revealed(result)
    scores = {link["id"]: link["score"] for link in told["links"]}
    assert (scores["review"], scores["decide"]) == (100.0, 100.0)
    assert scores["prompt"] < 100
    assert [each["caught"] for each in told["wrong"]] == [True]


def test_each_link_is_evidence_of_its_own_skill(people: Cast, version: ExerciseVersion) -> None:
    gone_through(people.ada_place, version, POOR, FOUND, "mend")
    judged()
    rows = Evidence.objects.visible_to(people.ada)
    found = {row.skill: (row.best, row.passed) for row in rows}
    assert found["review.logic"] == found["decide.stakes"] == (100.0, True)
    assert found["prompt.edges"][0] < 100
    assert found["prompt.edges"][1] is False


def test_a_chain_is_one_exercise_in_the_figures(people: Cast, version: ExerciseVersion) -> None:
    gone_through(people.ada_place, version, POOR, FOUND, "mend")
    judged()
    [line] = insights.roster(people.cohort)
    assert (line.figures.tried, line.figures.passed) == (1, 0)
    gone_through(people.ada_place, version)
    judged()
    [line] = insights.roster(people.cohort)
    assert (line.figures.tried, line.figures.passed, line.figures.passed_first) == (1, 1, 0)


def test_after_the_last_link_a_new_round_begins_from_the_last_prompt(
    people: Cast, version: ExerciseVersion
) -> None:
    chain = gone_through(people.ada_place, version, POOR, FOUND, "mend")
    assert (chain.round, chain.open, chain.last_prompt) == (2, Link.PROMPT, POOR)
    gone_through(people.ada_place, version)
    assert judged().passed
    assert Submission.objects.unscoped().count() == 2


def test_nobody_sees_somebody_elses_links(people: Cast, version: ExerciseVersion) -> None:
    hand_on(people.ada_place, version, Link.PROMPT, POOR)
    assert ChainStep.objects.visible_to(people.ben).count() == 1
    assert not ChainStep.objects.visible_to(people.nur).exists()
    assert not ChainStep.objects.visible_to(people.zoe).exists()
