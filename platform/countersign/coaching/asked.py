"""What learners ask the assistant, grouped: by exercise, then by the words that a question is made
of. No model is asked, and nobody is named.

Two questions are one when, without small words and endings, at least half of their words are the
same (Jaccard's index). The earliest question of a group leads it, so the same questions always make
the same groups. Of a group of fewer than five people nothing is shown but words that its questions
share and that stand in the brief too: those are the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from countersign.accounts.models import User
from countersign.coaching.models import Turn
from countersign.organisations.permissions import Permission, organisation_ids

FEWEST_PEOPLE = 5
ALIKE = 0.5
MOST_READ = 5_000
"""Questions that are looked at, the newest."""

SMALL = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "could", "do", "does", "for",
    "from", "get", "give", "have", "how", "i", "if", "in", "is", "it", "its", "me", "my", "of",
    "on", "or", "please", "should", "so", "that", "the", "then", "there", "this", "to", "use",
    "was", "we", "what", "when", "where", "which", "why", "will", "with", "would", "you",
    "your",
})  # fmt: skip
WORD = re.compile(r"[^\W_]+(?:_[^\W_]+)*")


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question, and whose it is: only to count people."""

    asked: str
    learner: UUID


@dataclass
class Group:
    """Questions that are alike. ``example`` is its shortest one, "" where too few people asked."""

    words: frozenset[str]
    questions: list[Question] = field(default_factory=list)

    @property
    def number(self) -> int:
        return len(self.questions)

    @property
    def people(self) -> int:
        return len({each.learner for each in self.questions})

    @property
    def is_small(self) -> bool:
        return self.people < FEWEST_PEOPLE

    @property
    def example(self) -> str:
        if self.is_small:
            return ""
        return min((each.asked for each in self.questions), key=lambda text: (len(text), text))

    def topics(self, brief: str) -> list[str]:
        """The words that all its questions have and the brief too, as the brief writes them."""
        spelt = {_stem(word.casefold()): word.casefold() for word in WORD.findall(brief)}
        every = [words_of(each.asked) for each in self.questions]
        shared = frozenset.intersection(*every) if every else frozenset()
        return sorted(spelt[word] for word in shared if word in spelt)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A group as it is shown: an example and how many people, or topics where they are few."""

    number: int
    people: int
    example: str
    topics: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AskedAbout:
    """One exercise with what is asked about it, the largest group first."""

    exercise: UUID
    title: str
    lines: tuple[Line, ...]

    @property
    def number(self) -> int:
        return sum(line.number for line in self.lines)


def words_of(question: str) -> frozenset[str]:
    """The words that make a question, without small ones and plain endings."""
    found = (word.casefold() for word in WORD.findall(question))
    return frozenset(_stem(word) for word in found if word not in SMALL)


def _stem(word: str) -> str:
    for ending in ("ing", "es", "ed", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def grouped(questions: Iterable[Question]) -> list[Group]:
    """The questions in groups, the largest first; among equals the one that was asked first."""
    groups: list[Group] = []
    for question in questions:
        words = words_of(question.asked)
        home = next((group for group in groups if _alike(group.words, words)), None)
        if home is None:
            home = Group(words)
            groups.append(home)
        home.questions.append(question)
    return sorted(groups, key=lambda group: -group.number)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if not one or not other:
        return one == other
    return len(one & other) / len(one | other) >= ALIKE


def asked_about(viewer: User) -> list[AskedAbout]:
    """What was asked in the cohorts that this person teaches, the most asked exercise first. Their
    own questions are left out."""
    taught = organisation_ids(viewer, Permission.TEACH)
    newest = (
        Turn.objects.visible_to(viewer)
        .filter(attempt__enrolment__cohort__organisation__in=taught)
        .exclude(attempt__enrolment__learner=viewer)
        .select_related("attempt__version", "attempt__enrolment")
        .defer("files", "text", "attempt__version__shown")
        .order_by("-asked_at", "-pk")[:MOST_READ]
    )
    by_exercise: dict[UUID, list[Turn]] = {}
    for turn in reversed(newest):
        by_exercise.setdefault(turn.attempt.version.exercise_id, []).append(turn)
    found = [_about(exercise, turns) for exercise, turns in by_exercise.items()]
    return sorted(found, key=lambda each: (-each.number, each.title))


def _about(exercise: UUID, turns: list[Turn]) -> AskedAbout:
    questions = (
        Question(asked=turn.asked, learner=turn.attempt.enrolment.learner_id) for turn in turns
    )
    version = turns[-1].attempt.version
    brief = f"{version.brief} {version.title}"
    lines = [_line(group, brief) for group in grouped(questions)]
    return AskedAbout(exercise=exercise, title=version.title, lines=tuple(_pooled(lines)))


def _line(group: Group, brief: str) -> Line:
    topics = tuple(group.topics(brief)) if group.is_small else ()
    return Line(number=group.number, people=group.people, example=group.example, topics=topics)


def _pooled(lines: Iterable[Line]) -> list[Line]:
    """Small groups with the same topics are one line, so that a line isn't a person."""
    found: dict[tuple[str, ...] | int, Line] = {}
    for at, line in enumerate(lines):
        key = at if line.example else line.topics
        known = found.get(key)
        number = line.number + (known.number if known else 0)
        found[key] = replace(line, number=number, people=line.people if line.example else 0)
    return sorted(found.values(), key=lambda line: -line.number)
