"""The file that people take away holds all rows about them."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db.models import ForeignKey, Model, OneToOneField

from countersign.accounts.models import User
from countersign.operations.own_rows import SECTIONS, own_rows
from countersign.submissions.services import open_attempt, save_draft
from tests.cast import Cast, answer

NOT_TOLD = {
    "Invitation": "belongs to the cohort; who made it is in the acts",
    "Announcement": "belongs to the cohort; who wrote it is in the acts",
    "LibraryComment": "belongs to the organisation; who changed it is in the acts",
    "MarkedMemo": "a running number; the marks themselves are told",
    "Run": "how the site graded; the result tells what was found",
    "SealedVerdict": "hidden tests",
    "TrialVerdict": "hidden tests, and nothing that counts",
    "Regrade": "the instructors' own; what it changed of a person's is told by its entries",
    "EmailConfirmation": "a secret on its way",
    "CountedFigures": "a cohort's figures, worked out from the rows told here",
    "ExportRows": "a file of a cohort's figures, worked out from the rows told here",
    "Export": "a file that an employer asked for; that they did is in the acts",
    "TargetChoice": "a cohort's targets; who set them is in the acts",
    "Manuscript": "the organisation's exercise; who wrote it is in the acts",
    "Revision": "the organisation's text; who saved it is on its page",
    "Checking": "what running that text showed",
    "Snapshot": "a cohort's figures, worked out from the rows told here",
}


def _reached(found: set[type[Model]]) -> set[type[Model]]:
    """The models with a foreign key to one of these, and those with one to them, and so on."""
    grown = found | {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | OneToOneField) and field.related_model in found
    }
    return found if grown == found else _reached(grown)


def test_every_kind_of_row_about_a_person_is_told_or_left_out_for_a_reason() -> None:
    told = {section.model.__name__ for section in SECTIONS}
    names = {model.__name__ for model in _reached({User})}
    assert names - told - NOT_TOLD.keys() == set()


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    else:
        yield str(value)


def test_what_one_wrote_is_in_it_and_what_others_wrote_is_not(people: Cast) -> None:
    for place, words in ((people.ada_place, "canary ada"), (people.zoe_place, "canary zoe")):
        attempt = open_attempt(enrolment=place, version=people.version)
        save_draft(attempt=attempt, answer=answer(words), revision=0)
    texts = "\n".join(_texts(dict(own_rows(people.ada))))
    assert "canary ada" in texts
    assert "canary zoe" not in texts


def test_an_instructor_s_file_holds_nothing_of_their_learners(people: Cast) -> None:
    attempt = open_attempt(enrolment=people.ada_place, version=people.version)
    save_draft(attempt=attempt, answer=answer("canary ada"), revision=0)
    told = own_rows(people.ben)
    assert told["attempts"] == []
    assert "canary" not in "\n".join(_texts(dict(told)))
