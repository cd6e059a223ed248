"""A session is kept by the server: turns, decisions, checks, and what is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import uuid4

import pytest

from countersign.grading import services
from countersign.grading.services import build_checks, building, work
from countersign.grading.services.following import revealed
from countersign.llm import jobs
from countersign.submissions.models import Attempt, BuildTurn, CheckRun, Draft, State, Submission
from countersign.submissions.services import DraftConflict, open_attempt
from grader.answer import Answer
from tests.build import ASK, FINISHED, MEND, REPORT, STARTER, SUM, SUM_CHECKS, build_version
from tests.cast import Cast
from tests.llm.server import ModelServer, refuses, says_json

PROGRAM = "invoices.py"
CHANGE = says_json({"says": "Done.", "files": [{"path": PROGRAM, "text": FINISHED}]})


@pytest.fixture(autouse=True)
def a_sandbox_that_closes() -> Iterator[None]:
    yield
    work.close_tools()


@pytest.fixture
def attempt(people: Cast) -> Attempt:
    return open_attempt(enrolment=people.ada_place, version=build_version())


def at_hand(attempt: Attempt) -> Mapping[str, str]:
    """The files that the learner has, as the page would send them."""
    draft = Draft.objects.filter(attempt=attempt).first()
    files: Mapping[str, str] = draft.answer["files"] if draft else {PROGRAM: STARTER}
    return files


def revision(attempt: Attempt) -> int:
    draft = Draft.objects.filter(attempt=attempt).first()
    return draft.revision if draft else 0


def ask(attempt: Attempt, request: str, text: str = "", **options: Any) -> BuildTurn:
    answer = Answer(files={PROGRAM: text} if text else at_hand(attempt))
    return building.ask(attempt, request, answer=answer, revision=revision(attempt), **options)


def accept(attempt: Attempt, text: str = "") -> BuildTurn:
    answer = Answer(files={PROGRAM: text} if text else at_hand(attempt))
    return building.accept(attempt, answer=answer, revision=revision(attempt))


def undo(attempt: Attempt) -> BuildTurn:
    return building.undo(attempt, answer=Answer(files=at_hand(attempt)), revision=revision(attempt))


def check(attempt: Attempt, chosen: list[str], own: str = "") -> CheckRun:
    run = build_checks.ask(
        attempt,
        answer=Answer(files=at_hand(attempt)),
        chosen=chosen,
        own=own,
        revision=revision(attempt),
    )
    build_checks.run(run.pk)
    run.refresh_from_db()
    return run


def hand_in(attempt: Attempt, answer: Answer | None = None) -> Submission:
    receipt = services.hand_in(
        enrolment=attempt.enrolment,
        version=attempt.version,
        answer=answer or Answer(files=at_hand(attempt)),
        key=uuid4(),
    )
    services.grade_next()
    receipt.submission.refresh_from_db()
    return receipt.submission


def test_a_change_is_in_the_learners_hands_before_it_is_accepted(attempt: Attempt) -> None:
    turn = ask(attempt, SUM)

    assert turn.state == "open"
    assert "def expected" in at_hand(attempt)[PROGRAM]


def test_undoing_puts_back_what_was_there(attempt: Attempt) -> None:
    ask(attempt, SUM)
    undo(attempt)

    assert at_hand(attempt) == {PROGRAM: STARTER}


def test_nothing_new_comes_while_a_change_is_undecided(attempt: Attempt) -> None:
    ask(attempt, SUM)

    with pytest.raises(building.NotNow, match="undecided"):
        ask(attempt, ASK)


def test_a_request_that_is_not_understood_uses_no_turn(attempt: Attempt) -> None:
    turn = ask(attempt, "Make it nice.")

    assert turn.state == "nothing"
    assert building.session_of(attempt).left == 8


def test_the_turns_come_to_an_end(people: Cast) -> None:
    attempt = open_attempt(enrolment=people.ada_place, version=build_version(turns=4))
    for _ in range(4):
        ask(attempt, SUM)
        undo(attempt)

    with pytest.raises(building.NotNow, match="no_turns"):
        ask(attempt, SUM)


def test_starting_over_gives_the_turns_and_the_files_back(attempt: Attempt) -> None:
    ask(attempt, SUM)
    building.start_over(attempt, answer=Answer(), revision=revision(attempt))

    session = building.session_of(attempt)
    assert (session.number, session.left, session.turns) == (2, 8, ())
    assert at_hand(attempt) == {PROGRAM: STARTER}


def test_an_accepted_change_may_be_taken_back(attempt: Attempt) -> None:
    ask(attempt, SUM)
    accept(attempt)
    building.take_back(attempt, answer=Answer(files=at_hand(attempt)), revision=revision(attempt))

    assert at_hand(attempt) == {PROGRAM: STARTER}
    with pytest.raises(building.NotNow, match="too_late"):
        building.take_back(
            attempt, answer=Answer(files=at_hand(attempt)), revision=revision(attempt)
        )


def test_an_edit_of_ones_own_is_a_turn_and_uses_none(attempt: Attempt) -> None:
    ask(attempt, SUM, text=f"{STARTER}VAT = 23\n")

    session = building.session_of(attempt)
    assert [turn.asked for turn in session.turns] == ["", SUM]
    assert session.used == 1
    assert "VAT = 23" in at_hand(attempt)[PROGRAM]


def test_another_tab_is_noticed(attempt: Attempt) -> None:
    ask(attempt, SUM)

    with pytest.raises(DraftConflict):
        building.accept(attempt, answer=Answer(files={PROGRAM: FINISHED}), revision=0)


def test_checks_run_on_what_is_at_hand_and_cover_lines(attempt: Attempt) -> None:
    ask(attempt, SUM)
    before = build_checks.unproved_lines(attempt, building.session_of(attempt), Answer())
    run = check(attempt, SUM_CHECKS, own="expected({'lines': [[2, 5]]}) == 10\nnonsense")

    session = building.session_of(attempt)
    assert [each["held"] for each in run.results] == [True, True, True, True, None]
    assert before[PROGRAM]
    assert build_checks.unproved_lines(attempt, session, Answer(files=at_hand(attempt))) == {}


def test_own_checks_are_checked_too(attempt: Attempt) -> None:
    ask(attempt, SUM)
    run = check(attempt, [], own="expected({'lines': [[2, 5]]}) == 11")

    assert run.results[0]["held"] is False
    assert run.results[0]["got"] == "10"


def test_a_program_that_cannot_be_read_says_where(attempt: Attempt) -> None:
    building.ask(attempt, SUM, answer=Answer(files={PROGRAM: "def f(:\n"}), revision=0)
    undo(attempt)
    run = check(attempt, SUM_CHECKS)

    assert run.problem is not None
    assert run.problem["line"] == 1


def test_hidden_checks_are_not_to_be_run(attempt: Attempt) -> None:
    with pytest.raises(build_checks.NothingToRun):
        check(attempt, ["sums-hidden"])


def test_the_session_is_handed_in_as_the_server_kept_it(attempt: Attempt) -> None:
    ask(attempt, SUM)
    check(attempt, ["sample"])
    accept(attempt)
    forged = Answer(files={PROGRAM: at_hand(attempt)[PROGRAM]}, fields={"turns": [{"ask": "x"}]})
    submission = hand_in(attempt, forged)

    turns = submission.answer["fields"]["turns"]
    assert [turn["ask"] for turn in turns] == [SUM]
    assert turns[0]["ran"][0]["held"] is True


def test_a_caught_drill_is_told_with_the_result(attempt: Attempt) -> None:
    for request in (SUM, ASK):
        ask(attempt, request)
        accept(attempt)
    ask(attempt, REPORT)
    check(attempt, ["sent-back", "report-one"])
    undo(attempt)
    ask(attempt, REPORT)
    accept(attempt)
    submission = hand_in(attempt)

    found = revealed(submission.results.get())
    assert submission.results.get().score == 100
    assert [turn["caught"] for turn in found["turns"]] == [False, False, True, False]
    assert found["turns"][2]["drill"]


def test_an_accepted_drill_costs_until_it_is_mended(attempt: Attempt) -> None:
    for request in (SUM, ASK, REPORT, MEND):
        ask(attempt, request)
        accept(attempt)

    assert hand_in(attempt).results.get().score == 95


def test_an_undecided_change_is_no_hand_in(attempt: Attempt) -> None:
    ask(attempt, SUM)

    assert hand_in(attempt).state == State.INVALID


def test_a_model_writes_where_one_is_set_up(attempt: Attempt, model: ModelServer) -> None:
    model.plays(CHANGE)
    waiting = ask(attempt, "Write all three.")
    jobs.work_next()
    accept(attempt)

    assert waiting.state == "waiting"
    result = hand_in(attempt).results.get()
    assert result.score == 100
    assert result.engine == BuildTurn.objects.unscoped().get(pk=waiting.pk).engine


def test_what_a_model_is_told_holds_nothing_hidden(attempt: Attempt, model: ModelServer) -> None:
    model.plays(CHANGE)
    ask(attempt, "Write all three.")
    jobs.work_next()

    sent = str([request.body for request in model.requests])
    assert "Beatriz" in sent
    assert "K-8" not in sent
    assert "abs(count)" not in sent


def test_a_model_that_is_away_changes_nothing(attempt: Attempt, model: ModelServer) -> None:
    model.plays(refuses(401))
    turn = ask(attempt, SUM)
    jobs.work_next()
    turn.refresh_from_db()

    assert turn.state == "away"
    assert turn.trouble
    assert at_hand(attempt) == {PROGRAM: STARTER}
    assert building.session_of(attempt).left == 8


@pytest.mark.parametrize(
    "reply",
    [
        {"says": "Hm.", "files": []},
        {"says": "Hm.", "files": [{"path": "../evil.py", "text": "x = 1"}]},
        {"says": "Hm.", "files": [{"path": PROGRAM, "text": STARTER}]},
    ],
)
def test_a_reply_without_a_change_that_can_be_used_uses_no_turn(
    attempt: Attempt, model: ModelServer, reply: Mapping[str, Any]
) -> None:
    model.plays(says_json(reply))
    turn = ask(attempt, SUM)
    jobs.work_next()
    turn.refresh_from_db()

    used = building.session_of(attempt).used
    assert (turn.state, used) == ("nothing", 0)


def test_work_without_help_asks_no_model(people: Cast, model: ModelServer) -> None:
    attempt = open_attempt(enrolment=people.ada_place, version=build_version(aided=False))

    assert ask(attempt, SUM).state == "open"
    jobs.work_next()
    assert model.requests == []


def test_a_session_keeps_to_who_wrote_it(attempt: Attempt, model: ModelServer) -> None:
    model.plays(CHANGE)
    ask(attempt, "Write all three.")
    jobs.work_next()
    accept(attempt)

    with pytest.raises(building.NotNow, match="other_engine"):
        ask(attempt, SUM, practice=True)


@pytest.mark.parametrize("rows", [BuildTurn.objects, CheckRun.objects])
def test_sessions_are_seen_by_their_learner_and_whoever_teaches_them(
    people: Cast, attempt: Attempt, rows: Any
) -> None:
    ask(attempt, SUM)
    check(attempt, SUM_CHECKS)
    sees: Callable[[Any], int] = lambda user: rows.visible_to(user).count()  # noqa: E731

    assert [sees(user) for user in (people.ada, people.ben, people.zoe, people.nur)] == [1, 1, 0, 0]
