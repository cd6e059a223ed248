"""Manuscripts: begin one, save it as it is typed, take an older text back, copy it.

Every save says which text it was made from. If somebody else has changed the same files since
then, the newer text stays and the late one is kept aside: nobody's words are lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from countersign import audit
from countersign.accounts.models import User
from countersign.authoring import starts
from countersign.authoring.limits import refuse_unkeepable
from countersign.authoring.models import Manuscript, Revision, hash_of
from countersign.authoring.parts import Part
from countersign.authoring.slices import with_value
from countersign.common import clock
from countersign.organisations.models import Organisation
from grader.authored.marked_yaml import read_yaml
from grader.authored.problems import ExerciseError

STRETCH = timedelta(minutes=1)
"""So long one person's typing goes into one revision."""

ABOUT = "exercise.yaml"
UNTITLED = "Without a title"


@dataclass(frozen=True, kw_only=True)
class Saving:
    """What came of a save. ``aside`` is set when somebody else had changed the same files:
    ``newest`` is theirs, and the late text was kept aside."""

    newest: Revision
    aside: Revision | None = None


@transaction.atomic
def begin(*, organisation: Organisation, kind: str, actor: User) -> Manuscript:
    """A new manuscript with a draft of this kind that explains itself."""
    files = starts.start(kind, uuid=uuid4())
    return write_down(organisation=organisation, files=files, actor=actor)


@transaction.atomic
def write_down(
    *,
    organisation: Organisation,
    files: Mapping[str, str],
    actor: User,
    slug: str = "",
    note: str = "",
) -> Manuscript:
    """A new manuscript with these texts. Its uuid is the file's, and has to be nobody's yet.

    Raises Unkeepable.
    """
    refuse_unkeepable(files)
    said = about(files)
    manuscript: Manuscript = Manuscript.objects.create(
        organisation=organisation,
        exercise=said.uuid or uuid4(),
        slug=_free_slug(organisation, slug or slugify(said.title)),
        kind=said.kind,
        title=said.title,
        made_by=actor,
    )
    _append(manuscript, files, actor=actor, note=note)
    audit.record(
        audit.Action.EXERCISE_BEGUN,
        actor=actor,
        organisation=organisation.pk,
        thing=manuscript,
        kind=manuscript.kind,
    )
    return manuscript


@transaction.atomic
def save(
    *, manuscript: Manuscript, part: Part, texts: Mapping[str, str], base: str, actor: User
) -> Saving:
    """Put the texts of one part in their place.

    ``base`` names the part as it was when the texts were made from it (``Part.base``). Other
    people's changes to other parts stay. Raises Unkeepable.
    """
    manuscript = _locked(manuscript)
    head = newest(manuscript)
    files = part.applied(head.files, texts)
    refuse_unkeepable(files)
    if files == head.files:
        return Saving(newest=head)
    if part.base(head.files) != base:
        return Saving(newest=head, aside=_put_aside(manuscript, files, actor=actor))
    if _goes_on(head, actor):
        return Saving(newest=_take_in(manuscript, head, files))
    return Saving(newest=_append(manuscript, files, actor=actor))


@transaction.atomic
def add_file(*, manuscript: Manuscript, path: str, text: str = "", actor: User) -> Revision:
    """A new file; one of that name stays as it is. Raises Unkeepable."""
    manuscript = _locked(manuscript)
    head = newest(manuscript)
    if path in head.files:
        return head
    files = dict(sorted({**head.files, path: text}.items()))
    refuse_unkeepable(files)
    return _append(manuscript, files, actor=actor)


@transaction.atomic
def remove_file(*, manuscript: Manuscript, path: str, actor: User) -> Revision:
    """Take a file out. It stays in the older versions."""
    manuscript = _locked(manuscript)
    head = newest(manuscript)
    if path not in head.files:
        return head
    files = {name: text for name, text in head.files.items() if name != path}
    return _append(manuscript, files, actor=actor)


@transaction.atomic
def replace_all(
    *, manuscript: Manuscript, files: Mapping[str, str], actor: User, note: str
) -> Revision:
    """Other texts for the whole folder, as a version of its own. Raises Unkeepable."""
    manuscript = _locked(manuscript)
    head = newest(manuscript)
    refuse_unkeepable(files)
    if hash_of(files) == head.content_hash:
        return head
    return _append(manuscript, files, actor=actor, note=note)


def newest(manuscript: Manuscript) -> Revision:
    """The text as it stands."""
    found = manuscript.revisions.filter(aside=False).order_by("-number").first()
    assert found is not None, "a manuscript is made together with its first revision"
    return found


def text_aside(manuscript: Manuscript, *, of: User) -> Revision | None:
    """What this person wrote and could not save, because somebody else had."""
    return manuscript.revisions.filter(aside=True, by=of).first()


@transaction.atomic
def take_up(*, aside: Revision, actor: User) -> Revision:
    """Make the text that was kept aside the newest. The other one stays in the history."""
    manuscript = _locked(aside.manuscript)
    aside.delete()
    return _append(manuscript, aside.files, actor=actor, note="chosen")


def leave(*, aside: Revision) -> None:
    """Give up the text that was kept aside."""
    aside.delete()


@transaction.atomic
def restore(*, revision: Revision, actor: User) -> Revision:
    """An older text becomes the newest; what stood there stays in the history."""
    manuscript = _locked(revision.manuscript)
    if newest(manuscript).content_hash == revision.content_hash:
        return newest(manuscript)
    return _append(manuscript, revision.files, actor=actor, note=f"from {revision.number}")


@transaction.atomic
def duplicate(*, revision: Revision, actor: User) -> Manuscript:
    """A manuscript of its own with the same texts and another uuid."""
    source = revision.manuscript
    return write_down(
        organisation=source.organisation,
        files=with_own_uuid(revision.files, uuid4()),
        actor=actor,
        slug=f"{source.slug}-copy"[:60],
        note=f"copy of {source.slug}"[:120],
    )


def settle(revision: Revision) -> None:
    """From now on this text stays as it is: something refers to it."""
    if not revision.settled:
        Revision.objects.unscoped().filter(pk=revision.pk).update(settled=True)


def with_own_uuid(files: Mapping[str, str], uuid: UUID) -> dict[str, str]:
    """The same texts with another uuid in exercise.yaml."""
    return {**files, ABOUT: with_value(files.get(ABOUT, ""), "uuid", str(uuid))}


@dataclass(frozen=True, kw_only=True)
class About:
    """What exercise.yaml says, as far as it can be read."""

    kind: str
    title: str
    uuid: UUID | None
    values: Mapping[str, Any]


def about(files: Mapping[str, str]) -> About:
    """Never raises: a draft may be broken."""
    try:
        value = read_yaml(files.get(ABOUT, ""), file=ABOUT).value
    except ExerciseError:
        value = None
    values = value if isinstance(value, dict) else {}
    kind, title = values.get("kind"), values.get("title")
    return About(
        kind=kind[:12] if isinstance(kind, str) else "",
        title=title.strip()[:120] or UNTITLED if isinstance(title, str) else UNTITLED,
        uuid=_uuid(values.get("uuid")),
        values=values,
    )


def _uuid(said: object) -> UUID | None:
    try:
        return UUID(said) if isinstance(said, str) else None
    except ValueError:
        return None


def _locked(manuscript: Manuscript) -> Manuscript:
    """The row, held until the transaction ends, so that two saves come one after the other."""
    found: Manuscript = Manuscript.objects.unscoped().select_for_update().get(pk=manuscript.pk)
    return found


def _goes_on(head: Revision, actor: User) -> bool:
    fresh = clock.now() - head.begun_at < STRETCH
    return fresh and head.by_id == actor.pk and not head.settled and not head.note


def _take_in(manuscript: Manuscript, head: Revision, files: dict[str, str]) -> Revision:
    head.files, head.content_hash, head.saved_at = files, hash_of(files), clock.now()
    head.save(update_fields=["files", "content_hash", "saved_at"])
    _name(manuscript, files)
    return head


def _append(
    manuscript: Manuscript, files: Mapping[str, str], *, actor: User, note: str = ""
) -> Revision:
    last = manuscript.revisions.filter(aside=False).aggregate(last=Max("number"))["last"] or 0
    made: Revision = manuscript.revisions.create(
        number=last + 1,
        files=dict(sorted(files.items())),
        content_hash=hash_of(files),
        by=actor,
        note=note,
    )
    _name(manuscript, files)
    return made


def _put_aside(manuscript: Manuscript, files: dict[str, str], *, actor: User) -> Revision:
    """One text aside per person: what they type further replaces it."""
    kept, _ = manuscript.revisions.update_or_create(
        by=actor,
        aside=True,
        defaults={
            "number": newest(manuscript).number,
            "files": files,
            "content_hash": hash_of(files),
            "saved_at": clock.now(),
        },
    )
    return kept


def _name(manuscript: Manuscript, files: Mapping[str, str]) -> None:
    said = about(files)
    manuscript.title, manuscript.kind = said.title, said.kind or manuscript.kind
    manuscript.save(update_fields=["title", "kind"])


def _free_slug(organisation: Organisation, wished: str) -> str:
    wished = (slugify(wished) or "exercise")[:56].strip("-") or "exercise"
    taken = set(
        organisation.manuscripts.filter(slug__startswith=wished).values_list("slug", flat=True)
    )
    names = (f"{wished}-{n}" if n > 1 else wished for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
