"""Whether one exercise's decisions are stated by prompts that were written for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.authored.exercise import Exercise
from grader.authored.problems import AuthorProblem
from grader.kinds.prompt.judge import recogniser_of
from grader.kinds.prompt.spec import PromptSpec

MOST_STATED = 0.05
FEWEST_PROMPTS = 5
"""Below that a share says little."""


def crosstalk(exercises: Mapping[str, Exercise]) -> list[AuthorProblem]:
    """One problem per exercise, by folder, of whose decisions more than one in twenty is stated
    by the other exercises' reference prompts."""
    prompts = {folder: reference_prompts(each) for folder, each in exercises.items()}
    found: list[AuthorProblem] = []
    for folder, exercise in exercises.items():
        others = [text for name, texts in prompts.items() if name != folder for text in texts]
        if isinstance(exercise.spec, PromptSpec) and len(others) >= FEWEST_PROMPTS:
            found += [each.within(folder) for each in _stated(exercise, exercise.spec, others)]
    return found


def reference_prompts(exercise: Exercise) -> list[str]:
    """The stored prompts of an exercise that pass."""
    if not isinstance(exercise.spec, PromptSpec):
        return []
    answers = exercise.folder("answers")
    return [
        text
        for name, text in sorted(answers.items())
        if name.startswith("passed-") and name.endswith(".md")
    ]


def _stated(exercise: Exercise, spec: PromptSpec, others: Sequence[str]) -> list[AuthorProblem]:
    recogniser = recogniser_of(exercise)
    told = [recogniser.stated(text) for text in others]
    counts = {
        decision.id: sum(bool(each[decision.id].says) for each in told)
        for decision in spec.decisions
    }
    share = sum(counts.values()) / (len(others) * len(counts))
    if share <= MOST_STATED:
        return []
    worst = max(counts, key=lambda name: counts[name])
    return [
        AuthorProblem(
            file="exercise.yaml",
            message=f"Other exercises' prompts state {share:.0%} of the decisions; “{worst}” is "
            f"stated by {counts[worst]} of {len(others)}.",
            remedy="Let its terms ask for a word of this task.",
        )
    ]
