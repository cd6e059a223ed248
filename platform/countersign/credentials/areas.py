"""Which areas of the US Department of Labor's AI literacy framework a skill belongs to.

The five area names are the Department's (Artificial Intelligence Literacy Framework, published
13 February 2026); which skill belongs where is our reading.
"""

from __future__ import annotations

from typing import Any

FRAMEWORK = "US Department of Labor: Artificial Intelligence Literacy Framework (2026)"
ADDRESS = "https://www.dol.gov/node/185325"

EXPLORE = "Explore AI Uses"
DIRECT = "Direct AI Effectively"
EVALUATE = "Evaluate AI Outputs"
RESPONSIBLY = "Use AI Responsibly"

OF_COMPETENCY = {
    "prompt": (DIRECT,),
    "read": (EVALUATE,),
    "review": (EVALUATE,),
    "decide": (EVALUATE, RESPONSIBLY),
    "build": (EXPLORE, DIRECT),
}
OF_SKILL = {
    "review.security": (EVALUATE, RESPONSIBLY),
    "review.reliance": (EVALUATE, RESPONSIBLY),
}


def areas_of(skill: str) -> tuple[str, ...]:
    """Names of areas; none for a skill outside the framework's competencies."""
    return OF_SKILL.get(skill, OF_COMPETENCY.get(skill.partition(".")[0], ()))


def alignment(area: str) -> dict[str, Any]:
    """An Open Badges alignment with the area."""
    return {
        "type": ["Alignment"],
        "targetName": area,
        "targetFramework": FRAMEWORK,
        "targetUrl": ADDRESS,
        "targetType": "CFItem",
    }
