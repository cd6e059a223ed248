"""A chain on its page: the link that is open, those behind it, those that wait."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from countersign.grading.services.chaining import Chain, chain_of
from countersign.web.learn.desk import Desk
from grader.answer import Answer
from grader.kinds.chain.spec import Link

TITLES = {
    Link.PROMPT: gettext_lazy("Write the prompt"),
    Link.REVIEW: gettext_lazy("Review what you got"),
    Link.DECIDE: gettext_lazy("Decide"),
}


def chain_view(desk: Desk, answer: Answer) -> dict[str, Any]:
    """The links as the page shows them; ``typed`` says whether the answer is of the open one."""
    chain = chain_of(desk.attempt)
    return {
        "links": [_link(number, link, chain) for number, link in enumerate(Link, start=1)],
        "open": chain.open.value,
        "output": chain.output,
        "prompt": _prompt(chain, answer),
        "is_typed": answer.fields.get("link") == chain.open.value,
        "is_again": chain.round > 1,
    }


def is_under_way(desk: Desk) -> bool:
    """Whether a link of the round was handed in and another is open."""
    return bool(chain_of(desk.attempt).steps)


def _prompt(chain: Chain, answer: Answer) -> str:
    """What was handed in, else what is typed, else what the last round began with."""
    done = chain.steps.get(Link.PROMPT)
    if done is not None:
        return str(done.given)
    typed = answer.fields.get("prompt") if answer.fields.get("link") == Link.PROMPT else ""
    return str(typed or chain.last_prompt)


def _link(number: int, link: Link, chain: Chain) -> dict[str, Any]:
    step = chain.steps.get(link)
    state = "done" if step else "now" if link is chain.open else "locked"
    return {"number": number, "id": link.value, "title": TITLES[link], "state": state, "step": step}
