"""How far the practice model and a human reader agree, as Cohen's kappa (Cohen 1960)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.authored.marked_yaml import read_yaml
from grader.exercise import load
from grader.kappa import kappa
from grader.kinds.decided import DecidedSpec
from grader.practice.decisions import UNSTATED

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
BOTH = "both"


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One decision in one prompt, as a person and as the practice model read it."""

    exercise: str
    decision: str
    text: str
    human: str
    model: str

    @property
    def agrees(self) -> bool:
        return self.human == self.model


def judgements(name: str) -> list[Judgement]:
    """All decisions of all prompts of one set: tuned or held_out."""
    text = (HERE / f"{name}.yaml").read_text(encoding="utf-8")
    entries = read_yaml(text, file=f"{name}.yaml").value
    return [each for entry in entries for each in _of_exercise(entry)]


def _of_exercise(entry: dict[str, Any]) -> Iterator[Judgement]:
    spec = load(_folder(entry["exercise"])).spec
    assert isinstance(spec, DecidedSpec)
    recogniser = spec.recogniser()
    for prompt in entry["prompts"]:
        stated = recogniser.stated(prompt["text"])
        unknown = set(prompt["says"]) - set(stated)
        assert not unknown, unknown
        for decision in spec.decisions:
            found = stated[decision.id]
            yield Judgement(
                exercise=entry["exercise"],
                decision=decision.id,
                text=prompt["text"],
                human=prompt["says"].get(decision.id, UNSTATED),
                model=BOTH if found.contradictory else found.option or UNSTATED,
            )


def _folder(slug: str) -> Path:
    found = [path.parent for path in ROOT.glob(f"curriculum/courses/*/*/{slug}/exercise.yaml")]
    assert len(found) == 1, (slug, found)
    return found[0]


def kappa_of(found: list[Judgement]) -> float:
    """Over all labels: an option's name counts with its decision, as "limit: upto"."""
    return kappa([(_label(each, each.human), _label(each, each.model)) for each in found])


def _label(judgement: Judgement, said: str) -> str:
    return said if said in (UNSTATED, BOTH) else f"{judgement.decision}: {said}"
