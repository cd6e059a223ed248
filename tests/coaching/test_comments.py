"""What the static layer noticed is said in words that fit, and instructors may say it otherwise."""

from __future__ import annotations

import re

import pytest

from countersign.coaching.comments import TEXTS, comments, parameters_in
from countersign.coaching.models import CommentText
from grader.analysis import ANALYSERS
from grader.verdict import Remark
from tests.cast import Cast

NOT_OUR_WORDS = re.compile(
    r"\b(?:please|sorry|simply|just|obviously|oops|invalid|failed|great job)\b|!", re.IGNORECASE
)


def remark(key: str = "unused_variable", line: int = 3, **parameters: str) -> Remark:
    named = parameters or {"function": "price", "name": "total"}
    return Remark(key=key, file="solution.py", line=line, parameters=named)


def test_every_key_has_a_text_and_every_text_a_key() -> None:
    assert set(TEXTS) == set(ANALYSERS)
    assert len(TEXTS) >= 20


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_is_short_kind_and_well_made(key: str) -> None:
    text = str(TEXTS[key])
    assert len(text.split()) <= 35
    assert text.endswith("?")
    assert not NOT_OUR_WORDS.search(text)
    parameters_in(text)


@pytest.mark.django_db
def test_a_comment_quotes_the_learners_own_code(people: Cast) -> None:
    [said] = comments([remark()], organisation=people.northgate.pk)
    assert said.text == "price sets total and never reads it. What was it meant for?"
    assert (said.file, said.line) == ("solution.py", 3)


@pytest.mark.django_db
def test_a_parameter_that_looks_like_a_template_stays_words(people: Cast) -> None:
    [said] = comments(
        [remark(function="{name.__class__}", name="{0}")], organisation=people.northgate.pk
    )
    assert said.text.startswith("{name.__class__} sets {0}")


@pytest.mark.django_db
def test_an_unknown_key_is_said_nothing_about(people: Cast) -> None:
    assert comments([remark("not_known_yet")], organisation=people.northgate.pk) == []


@pytest.mark.django_db
def test_three_are_enough_and_one_a_key(people: Cast) -> None:
    keys = ["bare_except", "bare_except", "unused_import", "index_loop", "float_money"]
    said = comments(
        [remark(key, n) for n, key in enumerate(keys)], organisation=people.northgate.pk
    )
    assert [each.key for each in said] == ["bare_except", "unused_import", "index_loop"]


@pytest.mark.django_db
def test_an_instructors_words_replace_ours_in_their_organisation_alone(people: Cast) -> None:
    CommentText.objects.create(
        organisation=people.northgate, key="unused_variable", text="What is {name} for?"
    )
    [here] = comments([remark()], organisation=people.northgate.pk)
    [there] = comments([remark()], organisation=people.elsewhere.pk)
    assert here.text == "What is total for?"
    assert there.text.startswith("price sets total")
