"""The comment library: ours and one's own, filled in and kept, and never another organisation's."""

from __future__ import annotations

import pytest

from countersign import audit
from countersign.coaching import editing, library
from countersign.coaching.library import CannotKeep
from countersign.coaching.models import CommentKind
from tests.cast import Cast

ASK = "Line {line} uses {name}. Where does it get its value?"


def keep(people: Cast, key: str = "unset_name", text: str = ASK) -> None:
    library.keep(people.northgate, key=key, kind=CommentKind.ESSENTIAL, text=text, actor=people.ben)


def test_a_kept_comment_is_offered_with_its_parameters(people: Cast) -> None:
    keep(people)
    found = library.find(people.northgate, "unset_name")
    assert found is not None
    assert (found.kind, found.parameters) == (CommentKind.ESSENTIAL, ("line", "name"))
    assert audit.Entry.objects.filter(action=audit.Action.COMMENT_KEPT).count() == 1


def test_another_organisation_isnt_offered_it(people: Cast) -> None:
    keep(people)
    assert library.find(people.elsewhere, "unset_name") is None


def test_the_same_key_changes_it(people: Cast) -> None:
    keep(people)
    keep(people, text="What is in {name} here?")
    own = [entry for entry in library.library(people.northgate) if entry.is_own]
    assert [entry.text for entry in own] == ["What is in {name} here?"]


def test_ones_own_stands_in_place_of_ours_with_the_same_key(people: Cast) -> None:
    keep(people, key="clear_names", text="Good names.")
    keys = [entry.key for entry in library.library(people.northgate)]
    assert keys.count("clear_names") == 1


def test_what_the_coach_says_is_offered_in_the_organisations_words(people: Cast) -> None:
    editing.set_text(
        people.northgate, key="bare_except", text="Which exception is it?", actor=people.ben
    )
    found = library.find(people.northgate, "bare_except")
    assert found is not None
    assert found.text == "Which exception is it?"


def test_a_retired_comment_is_offered_no_more_and_can_come_back(people: Cast) -> None:
    keep(people)
    assert library.retire(people.northgate, key="unset_name", actor=people.ben)
    assert not library.retire(people.northgate, key="unset_name", actor=people.ben)
    assert library.find(people.northgate, "unset_name") is None
    keep(people)
    assert library.find(people.northgate, "unset_name") is not None


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("", "Words."), ("a" * 41, "Words."), ("née", "Words."),
        ("a-b", "Words."), ("9a", "Words."),
        ("fine", ""), ("fine", "x" * 401), ("fine", "a { alone"), ("fine", "{a.b}"),
        ("fine", "{a[0]}"), ("fine", "{a!r}"), ("fine", "{}"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_says_why(people: Cast, key: str, text: str) -> None:
    with pytest.raises(CannotKeep, match=r"\w"):
        keep(people, key=key, text=text)


def test_a_text_is_filled_in(people: Cast) -> None:
    assert library.filled_in("{name} on {line}", {"name": "fee", "line": "3"}) == "fee on 3"


def test_what_is_filled_in_is_taken_as_it_is(people: Cast) -> None:
    assert library.filled_in("See {name}.", {"name": "{line} {0.__class__}"}) == (
        "See {line} {0.__class__}."
    )


def test_an_open_place_is_named(people: Cast) -> None:
    with pytest.raises(CannotKeep, match=r"\{line\}"):
        library.filled_in("{name} on {line}", {"name": "fee", "line": " "})


@pytest.mark.parametrize("text", ["{1, 2}", "a set: {", "a {dict: 1}", "{unknown}"])
def test_braces_of_the_writers_own_stay(text: str) -> None:
    assert library.filled_in(text, {}) == text
