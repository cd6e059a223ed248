"""What an exercise must prove before it is published."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePosixPath

from grader import words
from grader.answer import Answer, AnswerError, from_text
from grader.authored.exercise import Exercise
from grader.authored.marked_yaml import Marked, read_yaml
from grader.authored.model import placed
from grader.authored.problems import AuthorProblem, ExerciseError, Fault
from grader.checks.guard import given_away
from grader.checks.reading import (
    LONGEST_SENTENCE,
    OLDEST_READER,
    images_without_words,
    long_sentences,
    reading_age,
)
from grader.checks.words import NEUTRAL
from grader.engine import grade_many
from grader.kinds import KINDS
from grader.kinds.tools import Tools
from grader.sandbox.base import HarnessBroken
from grader.verdict import Status, Verdict

UNKIND_WORDS = ("please", "sorry", "oops", "invalid", "simply", "obviously")


def check(
    exercise: Exercise, *, tools: Tools, skills: Collection[str] | None = None
) -> tuple[AuthorProblem, ...]:
    """Everything that stands between this exercise and its learners; empty when proven.

    ``skills`` are the known ids. Raises only for faults of ours.
    """
    return (
        *unknown_skills(exercise, skills),
        *given_away_texts(exercise),
        *unkind_words(exercise),
        *hard_to_read(exercise),
        *proven_by_kind(exercise, tools),
        *stored_answers(exercise, tools),
    )


def doubts(exercise: Exercise, *, tools: Tools) -> tuple[AuthorProblem, ...]:
    """What the author of a proven exercise should know, and may leave as it is."""
    return tuple(placed(list(KINDS[exercise.kind].doubt(exercise, tools=tools)), _marked(exercise)))


def proven_by_kind(exercise: Exercise, tools: Tools) -> tuple[AuthorProblem, ...]:
    """What running the exercise shows. A run that breaks down, as with test files that can't
    be collected, is a problem of this exercise alone."""
    try:
        faults = list(KINDS[exercise.kind].prove(exercise, tools=tools))
    except HarnessBroken as error:
        return (_broken(error),)
    return tuple(placed(faults, _marked(exercise)))


def stored_answers(exercise: Exercise, tools: Tools) -> tuple[AuthorProblem, ...]:
    """What is wrong with the answers beside the exercise, or with what they came out as."""
    try:
        return (
            *missing_answers(exercise),
            *_graded_answers(exercise, answer_paths(exercise), tools),
        )
    except HarnessBroken as error:
        return (_broken(error),)


def _broken(error: HarnessBroken) -> AuthorProblem:
    return AuthorProblem(
        file="exercise.yaml",
        message=f"The checks could not be run: {error}.",
        remedy="Look at the test files and their imports.",
    )


def _marked(exercise: Exercise) -> Marked:
    return read_yaml(exercise.files["exercise.yaml"], file="exercise.yaml")


def unknown_skills(exercise: Exercise, skills: Collection[str] | None) -> tuple[AuthorProblem, ...]:
    """Skills that the framework doesn't have."""
    return tuple(placed(list(_unknown_skills(exercise, skills)), _marked(exercise)))


def given_away_texts(exercise: Exercise) -> tuple[AuthorProblem, ...]:
    """Hints and feedback that quote what only hidden checks know."""
    return tuple(placed(list(_given_away(exercise)), _marked(exercise)))


def unkind_words(exercise: Exercise) -> tuple[AuthorProblem, ...]:
    """Words that blame or belittle."""
    return tuple(placed(list(_unkind_words(exercise)), _marked(exercise)))


def _unknown_skills(exercise: Exercise, skills: Collection[str] | None) -> Iterator[Fault]:
    for at, skill in enumerate(exercise.skills):
        if skills is not None and skill not in skills:
            yield Fault(
                path=("skills", at),
                message=f"There is no skill “{skill}”.",
                remedy="Use an id of skills.yaml.",
            )


def _spoken(exercise: Exercise) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Hints and feedback: each string that a learner may get, with its path."""
    for at, hint in enumerate(exercise.hints):
        yield ("hints", at), hint
    for key in ("requirements", "constraints"):
        for at, part in enumerate(getattr(exercise.spec, key, ())):
            yield (key, at, "feedback"), part.feedback


def _given_away(exercise: Exercise) -> Iterator[Fault]:
    for path, text in _spoken(exercise):
        for literal in given_away(exercise, text):
            yield Fault(
                path=path,
                message=f"The text says “{literal}”, which only hidden checks know.",
                remedy="Ask about the rule instead, or name the value in README.md.",
            )


def _unkind_words(exercise: Exercise) -> Iterator[Fault]:
    for path, text in _spoken(exercise):
        said = {word.strip(".,;:!?“”’()").lower() for word in text.split()}
        for word in UNKIND_WORDS:
            if word in said:
                yield Fault(
                    path=path,
                    message=f"The text says “{word}”.",
                    remedy="Say what happened and what to look at.",
                )


def hard_to_read(exercise: Exercise) -> Iterator[AuthorProblem]:
    """Long sentences, images without words, and a text for older readers."""
    for sentence in long_sentences(exercise.brief):
        yield AuthorProblem(
            file="README.md",
            line=sentence.line,
            message=f"A sentence has {len(sentence.words)} words: “{sentence.text[:60]}…”.",
            remedy=f"Split it; {LONGEST_SENTENCE} words are the most.",
        )
    for line in images_without_words(exercise.brief):
        yield AuthorProblem(
            file="README.md",
            line=line,
            message="An image has no words.",
            remedy="Say between the [ ] what it shows.",
        )
    age = reading_age(exercise.brief)
    if age is not None and age > OLDEST_READER:
        yield AuthorProblem(
            file="README.md",
            message=f"The text reads like one for age {age:.0f}.",
            remedy=f"Use shorter sentences and words; aim below {OLDEST_READER}.",
        )


def answer_paths(exercise: Exercise) -> list[str]:
    """The stored answers, each a file or a folder."""
    names = {PurePosixPath(path).parts[0] for path in exercise.folder("answers")}
    return [f"answers/{name}" for name in sorted(names)]


def missing_answers(exercise: Exercise) -> Iterator[AuthorProblem]:
    """A wrong answer at least, and a right one where the folder has no reference."""
    names = [PurePosixPath(path).name for path in answer_paths(exercise)]
    if not any(name.startswith("failed-") for name in names):
        yield AuthorProblem(
            file="answers",
            message="There is no stored answer that is wrong.",
            remedy="Add answers/failed-….",
        )
    if exercise.spec.answer_file == "" and not any(name.startswith("passed-") for name in names):
        yield AuthorProblem(
            file="answers",
            message="There is no stored answer that is right.",
            remedy="Add answers/passed-….yaml.",
        )


def stored_answer_holds(exercise: Exercise, path: str, tools: Tools) -> Iterator[AuthorProblem]:
    """Whether a stored answer comes out as its name says."""
    return _graded_answers(exercise, [path], tools)


def _graded_answers(
    exercise: Exercise, paths: Sequence[str], tools: Tools
) -> Iterator[AuthorProblem]:
    answers: dict[str, Answer] = {}
    for path in paths:
        try:
            answers[path] = stored_answer(exercise, path)
        except (AnswerError, ExerciseError) as error:
            yield AuthorProblem(
                file=path, message=f"The answer can't be read: {error}", remedy="Put it right."
            )
    verdicts = grade_many(exercise, answers.values(), tools=tools)
    for path, verdict in zip(answers, verdicts, strict=True):
        found = _unexpected(PurePosixPath(path).name, verdict)
        if found is not None:
            message, remedy = found
            yield AuthorProblem(file=path, message=message, remedy=remedy)


def stored_answer(exercise: Exercise, path: str) -> Answer:
    """The answer that a file or folder of the exercise holds. Raises AnswerError."""
    inside = exercise.folder(path)
    if inside:
        return Answer(files=inside)
    return from_text(exercise.files[path], exercise, name=path)


def _unexpected(name: str, verdict: Verdict) -> tuple[str, str] | None:
    """What is wrong with the verdict for a stored answer of this name, and what to do."""
    came_out = f"It came out as {verdict.status.value}"
    if name.startswith("passed-"):
        if verdict.status is Status.PASSED:
            return None
        return f"{came_out}: {_why(verdict)}", "Put the check or the answer right."
    if not name.startswith("failed-"):
        return "Its name doesn't say what it is.", "Call it passed-… or failed-…."
    if verdict.status in (Status.PASSED, Status.INVALID):
        return f"{came_out}. {_why(verdict)}".rstrip(), "Add the check that it should not pass."
    if not _feedback(verdict):
        return "It gets no line of feedback.", "Write feedback for the rule that doesn't hold."
    return None


def _feedback(verdict: Verdict) -> list[str]:
    return [line for line in words.issues(verdict) if line != NEUTRAL]


def _why(verdict: Verdict) -> str:
    return " ".join(words.issues(verdict)[:1])
