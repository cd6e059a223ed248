"""What is said about a remark of the static layer: one text per key, which instructors may edit.

``{name}`` in a text stands for a parameter of the remark, quoted from the learner's own code. A key
without a text is said nothing about. docs/comment-keys.md says what each key means.
"""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from countersign.coaching.models import CommentText
from grader.verdict import Remark

MOST_SHOWN = 3

TEXTS: Mapping[str, Promise] = {
    "always_true_condition": _(
        "In {expression}, Python reads what follows the “or” as a condition of its own, and that "
        "one is always true. What should it be compared with?"
    ),
    "assigned_to_itself": _(
        "{name} gets its own value here, so nothing changes. What should it get?"
    ),
    "bare_except": _(
        "This “except:” catches everything, misspelt names too. Which exception do you expect here?"
    ),
    "broad_except": _(
        "Catching {name} catches more than you expect, your own mistakes too. Which exception can "
        "really happen here?"
    ),
    "changes_while_iterating": _(
        "{name} changes while the loop goes through it, so items can be missed. Could the loop go "
        "through a copy, or build a new list?"
    ),
    "compares_with_none": _(
        "{expression} compares with None by value. Which two words ask whether something is None?"
    ),
    "compares_with_true": _(
        "{expression} compares something that is already true or false. What would be left without "
        "the comparison?"
    ),
    "deep_nesting": _(
        "{function} goes {depth} levels deep. Which case could be dealt with first, so that the "
        "rest moves out a level?"
    ),
    "empty_branch": _("Nothing happens in this “{statement}”. Is something missing, or can it go?"),
    "float_money": _(
        "{name} holds money as a number with a fraction ({value}), which can’t hold most cents "
        "exactly. Would whole cents do here?"
    ),
    "forgotten_call": _(
        "{name} is named here and not called. What has to follow a name to call it?"
    ),
    "global_state": _(
        "A function changes {name}, which lives outside of it, so its result depends on what ran "
        "before. Could it be given and returned?"
    ),
    "hard_coded_examples": _(
        "{function} contains {count} of the examples as they stand. What will it give for an input "
        "that isn’t among them?"
    ),
    "identity_with_literal": _(
        "{expression} asks whether two things are the same object. Which sign asks whether they "
        "have the same value?"
    ),
    "index_loop": _(
        "The loop counts positions only to read {name} at each. Could it go through the items "
        "themselves?"
    ),
    "input_as_number": _(
        "input() gives text, and {name} is used as a number. What turns text into a number?"
    ),
    "long_function": _(
        "{function} has {lines} lines. Which part of it could have a name of its own?"
    ),
    "loop_never_ends": _(
        "Nothing in this loop changes {condition}. What should bring it to its end?"
    ),
    "lost_attribute": _(
        "__init__ takes values and keeps none of them. Where should they be when another method "
        "needs them?"
    ),
    "missing_return": _(
        "One way through {function} returns a value, another comes to the end without one. What "
        "should the caller get there?"
    ),
    "missing_self": _(
        "{method} is a method and its first parameter isn’t self. How will it reach its own object?"
    ),
    "mutable_default": _(
        "The default of {parameter} in {function} is made once and shared by all calls. What would "
        "a second call find in it?"
    ),
    "off_by_one_range": _(
        "Look at both ends of {range}. Which is the first number it gives, and which the last?"
    ),
    "overwritten_parameter": _(
        "{function} replaces {parameter} before reading it, so what the caller gives is lost. Is "
        "that meant?"
    ),
    "print_instead_of_return": _(
        "{function} prints its result and returns nothing. What does a caller get who wants to go "
        "on working with it?"
    ),
    "redefined_function": _(
        "{name} is defined twice; the second one replaces the one on line {first_line}. Which one "
        "do you want?"
    ),
    "redundant_boolean": _(
        "{condition} is already true or false. What would be left if you returned it directly?"
    ),
    "result_of_change": _(
        "{method} changes {name} itself and gives None. What is in {name} after this line?"
    ),
    "returns_in_loop": _(
        "This {loop} returns in its first round, so the other items are never looked at. When "
        "should it return?"
    ),
    "runs_text_as_code": _(
        "{function} runs any text as a program, whoever wrote it. What do you need from that text?"
    ),
    "secret_in_code": _(
        "{name} holds a secret in the code, where everyone who reads the code reads it. Where else "
        "could it come from?"
    ),
    "shadowed_builtin": _(
        "{name} is a name of Python’s own, and after this line it means something else. What would "
        "be a name for your value?"
    ),
    "swallowed_exception": _(
        "{name} is caught and nothing is done about it. How would anyone notice that it happened?"
    ),
    "unclosed_file": _(
        "What {call} opens is never closed. Which word keeps it open for a block only?"
    ),
    "unraised_exception": _(
        "{expression} makes a problem known to nobody. Which word sends an exception to the caller?"
    ),
    "unreachable_code": _(
        "Nothing after this “{after}” is run. Should it come before, or somewhere else?"
    ),
    "unused_import": _("{name} is imported and never used. Did you mean to use it?"),
    "unused_parameter": _("{function} never reads {parameter}. What in the brief depends on it?"),
    "unused_result": _("{expression} is worked out here and nobody keeps it. What should get it?"),
    "unused_variable": _("{function} sets {name} and never reads it. What was it meant for?"),
}


@dataclass(frozen=True)
class Comment:
    """One thing said about the learner's code. ``line`` counts from 1."""

    key: str
    file: str
    line: int
    text: str


def comments(remarks: Sequence[Remark], *, organisation: UUID) -> list[Comment]:
    """What is said about these remarks, at most three, in the organisation's own words if it has
    any. One comment a key: the first place stands for all."""
    first: dict[str, Remark] = {}
    for remark in remarks:
        first.setdefault(remark.key, remark)
    own = own_texts(organisation)
    said = [_comment(remark, own) for remark in first.values()]
    return [comment for comment in said if comment is not None][:MOST_SHOWN]


def own_texts(organisation: UUID) -> dict[str, str]:
    """The texts that this organisation's instructors wrote, by key."""
    rows = CommentText.objects.filter(organisation=organisation)
    return dict(rows.values_list("key", "text"))


def _comment(remark: Remark, own: Mapping[str, str]) -> Comment | None:
    text = own.get(remark.key) or TEXTS.get(remark.key)
    if text is None:
        return None
    said = string.Formatter().vformat(str(text), (), _Quoted(remark.parameters))
    return Comment(remark.key, remark.file, remark.line, said)


class _Quoted(dict[str, str]):
    """Parameters for a text; one that the text names and the remark lacks stays as it stands."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def parameters_in(text: str) -> set[str]:
    """The parameters that a text names. Raises ValueError for braces that name none."""
    found = set()
    for _literal, name, spec, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(name)
        found.add(name)
    return found
