"""What a learner sees of the keys once a memo is judged.

While the memo doesn't pass, only what is right is explained, and what isn't gets the author's
pointer. After a pass the whole working is there: sums, the cells behind them, and the pay-offs.
"""

from __future__ import annotations

from typing import Any

from grader.authored.exercise import Exercise
from grader.kinds.decide.payoff import Payoffs, key_facts, payoffs
from grader.kinds.decide.sources import Sources, named
from grader.kinds.decide.spec import Claim, DecideSpec, Fact
from grader.kinds.decide.sums import in_words, worked
from grader.verdict import Status, Verdict


def revealed(exercise: Exercise, verdict: Verdict) -> dict[str, Any]:
    """Per number, claim and decision: right or not, why, and after a pass the key's working."""
    spec = exercise.spec
    if not verdict.status.is_graded or not isinstance(spec, DecideSpec):
        return {}
    sources = spec.open_sources(exercise.files)
    over = verdict.status is Status.PASSED
    details = verdict.details
    said = {test.id: test.message for test in verdict.tests}
    return {
        "over": over,
        "points": details["points"],
        "facts": [
            {
                "id": fact.id,
                **details["facts"][fact.id],
                "why": said[f"facts.{fact.id}"],
                **(_fact_key(fact, sources) if over else {}),
            }
            for fact in spec.facts
        ],
        "claims": [
            {
                "id": claim.id,
                **details["claims"][claim.id],
                "full": details["claims"][claim.id]["share"] == 1,
                "why": _why(claim, said, over=over or details["claims"][claim.id]["share"] == 1),
                **(_claim_key(claim, sources) if over else {}),
            }
            for claim in spec.claims
        ],
        "decision": {**details["decision"], "why": _decision_why(spec, details, said)},
        "payoff": _table(spec, sources) if over else None,
    }


def _why(claim: Claim, said: dict[str, str], *, over: bool) -> str:
    return claim.why if over else said[f"claims.{claim.id}"]


def _decision_why(spec: DecideSpec, details: Any, said: dict[str, str]) -> str:
    if said["decision"]:
        return said["decision"]
    choice = details["decision"]["choice"]
    return next(option.why for option in spec.decision.options if option.id == choice)


def _spoken(places: frozenset[str], sources: Sources) -> list[str]:
    return sorted(sources.spoken(place) for place in places)


def _fact_key(fact: Fact, sources: Sources) -> dict[str, Any]:
    key = worked(fact.sum, sources=sources)
    return {
        "key": in_words(key.value, fact.decimals),
        "sum": fact.sum,
        "cells": _spoken(key.cells, sources),
    }


def _claim_key(claim: Claim, sources: Sources) -> dict[str, Any]:
    key = worked(claim.sum, sources=sources) if claim.sum else None
    places = frozenset().union(*(named(text, sources).places for text in claim.evidence))
    return {
        "key": claim.key.value,
        "sum": claim.sum or "",
        "gives": in_words(key.value) if key else "",
        "cells": _spoken(places | (key.cells if key else frozenset()), sources),
        "missing": claim.missing or "",
    }


def _table(spec: DecideSpec, sources: Sources) -> dict[str, Any]:
    found: Payoffs = payoffs(spec, sources, key_facts(spec, sources))
    return {
        "unit": found.unit,
        "options": [
            {
                "says": option.says,
                "allowed": option.allowed,
                "expected": in_words(found.expected[option.id]),
                "worth": [in_words(row.worth[option.id]) for row in found.rows],
            }
            for option in spec.decision.options
        ],
        "rows": [{"says": row.says, "chance": in_words(100 * row.chance, 0)} for row in found.rows],
    }
