"""The parts in which an exercise is written: a few keys of exercise.yaml, some files, or both.

A part says which texts it holds and puts changed texts back where they came from, so that two
people who write different parts never meet. Kinds without a list of their own get the common
parts and one for all the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from countersign.authoring.models import hash_of
from countersign.authoring.slices import cut, paste

ABOUT = "exercise.yaml"
KEYS = "keys"
"""The name of the text that holds a part's lines of exercise.yaml."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """``keys`` of exercise.yaml, ``files`` by name and ``folders``. ``form`` parts are shown as
    fields; ``whole`` is the part that holds every file as it is."""

    id: str
    label: Promise
    says: Promise
    keys: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    form: bool = False
    whole: bool = False
    needed: bool = True

    def holds(self, path: str) -> bool:
        """Whether this file is written in this part."""
        if self.whole:
            return True
        return path in self.files or path.split("/", maxsplit=1)[0] in self.folders

    def texts(self, files: Mapping[str, str]) -> dict[str, str]:
        """The texts of this part by name: ``keys``, and files by their path."""
        held = {path: text for path, text in files.items() if self.holds(path)}
        held |= {path: files.get(path, "") for path in self.files}
        about = {KEYS: cut(files.get(ABOUT, ""), self.keys)} if self.keys else {}
        return {**about, **dict(sorted(held.items()))}

    def base(self, files: Mapping[str, str]) -> str:
        """Names the state of this part: two people with the same one see the same texts."""
        return hash_of(self.texts(files))

    def applied(self, files: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, str]:
        """The whole folder with these texts in place of this part's. Texts that the part doesn't
        hold are left out; files that ``texts`` doesn't name stay."""
        made = dict(files)
        for name, text in texts.items():
            if name == KEYS and self.keys:
                made[ABOUT] = paste(made.get(ABOUT, ""), self.keys, text)
            elif self.holds(name):
                made[name] = text
        return dict(sorted(made.items()))

    def is_begun(self, files: Mapping[str, str]) -> bool:
        """Whether anything is written here yet."""
        return any(text.strip() for text in self.texts(files).values())


BASICS = Part(
    id="basics",
    label=_("Basics"),
    says=_("What it is called, what it gives evidence for and how long it takes."),
    keys=("title", "summary", "skills", "minutes", "aided", "open"),
    form=True,
)
BRIEF = Part(
    id="brief",
    label=_("Brief"),
    says=_("What the learner reads. Markdown; short sentences, and a situation from real work."),
    files=("README.md",),
)
HINTS = Part(
    id="hints",
    label=_("Hints"),
    says=_("Three rungs: where to look, what to think about, nearly the answer."),
    keys=("hints",),
    form=True,
)
ANSWERS = Part(
    id="answers",
    label=_("Good and bad answers"),
    says=_(
        "Answers that prove the exercise: passed-… has to pass, failed-… has to fail and get a "
        "line of feedback."
    ),
    folders=("answers",),
)
COACH = Part(
    id="coach",
    label=_("Notes for the coach"),
    says=_("The usual mistakes, and what must not be given away. Learners never see it."),
    files=("coach.md",),
)
FILES = Part(
    id="files",
    label=_("Edit as files"),
    says=_("The whole folder, as it can be kept in git. Nothing here is hidden from you."),
    whole=True,
    needed=False,
)
_LIMITS = ("limits",)

OWN: Mapping[str, tuple[Part, ...]] = {
    "code": (
        Part(
            id="starter",
            label=_("Starter"),
            says=_("The files that the learner begins with and may change."),
            keys=("variant", "program", "written_by", "assistant"),
            folders=("starter",),
        ),
        Part(
            id="reference",
            label=_("Correct code"),
            says=_("An answer that passes every check."),
            folders=("reference",),
        ),
        Part(
            id="rules",
            label=_("Rules and hidden tests"),
            says=_(
                "What the brief asks for, rule by rule, and the checks that prove each rule. A "
                "check is hidden unless it says visible: true."
            ),
            keys=("requirements", "cases", "suites", "constraints", *_LIMITS),
            folders=("hidden",),
        ),
    ),
    "quiz": (
        Part(
            id="questions",
            label=_("Questions and explanations"),
            says=_("Outputs to predict are run, not typed: the key is what really happens."),
            keys=("questions", "form", *_LIMITS),
        ),
    ),
    "prompt": (
        Part(
            id="decisions",
            label=_("Decisions"),
            says=_(
                "What a prompt has to settle, the options, how people say them, and the code "
                "that each leads to."
            ),
            keys=(
                "signature",
                "template",
                "decisions",
                "person",
                "given",
                "pair",
                "sentences",
                "faded",
                "probe",
                "variant",
            ),
        ),
        Part(
            id="tests",
            label=_("Hidden tests"),
            says=_("Each check proves one decision."),
            keys=("cases", *_LIMITS),
        ),
    ),
    "explain": (
        Part(
            id="shown-code",
            label=_("Code to explain"),
            says=_("What the learner reads, and what they predict."),
            keys=("signature", "predict", "written_by"),
            folders=("starter",),
        ),
        Part(
            id="decisions",
            label=_("What an explanation has to say"),
            says=_("Each point with its options, how people say them, and the code they mean."),
            keys=("template", "decisions"),
        ),
        Part(
            id="tests",
            label=_("Hidden tests"),
            says=_("Each check proves one point."),
            keys=("cases", *_LIMITS),
        ),
    ),
    "review": (
        Part(
            id="defects",
            label=_("Code and defects"),
            says=_(
                "What the model wrote, each planted defect, and decoys: right lines that look "
                "wrong. What isn’t marked counts as right, and flagging it is a false alarm."
            ),
            keys=("artefact", "request", "proof", "calls", "defects", "decoys"),
            folders=("artefact", "context"),
        ),
        Part(
            id="tests",
            label=_("Hidden tests"),
            says=_("They pass once every defect is corrected, and each defect fails one."),
            keys=_LIMITS,
            folders=("hidden", "reference", "variants"),
        ),
    ),
    "test": (
        Part(
            id="program",
            label=_("Program"),
            says=_("The right program, and the rules that it keeps."),
            keys=("form", "program", "written_by", "requirements", "allowed", "tests", *_LIMITS),
            folders=("program",),
        ),
        Part(
            id="mutants",
            label=_("Wrong programs"),
            says=_("Each breaks one rule. The learner’s tests should catch all of them."),
            keys=("mutants",),
            folders=("mutants", "hidden"),
        ),
        Part(
            id="own-tests",
            label=_("Your own tests"),
            says=_("They catch every wrong program, so that each can be caught."),
            folders=("reference", "starter"),
            needed=False,
        ),
    ),
    "decide": (
        Part(
            id="sources",
            label=_("Data"),
            says=_("Tables and notes that the learner checks the analysis against."),
            keys=("sources",),
            folders=("data",),
        ),
        Part(
            id="claims",
            label=_("Analysis and claims"),
            says=_("What the model says, claim by claim: does it hold, and what settles it?"),
            keys=("analysis", "claims"),
        ),
        Part(
            id="decision",
            label=_("Numbers and decision"),
            says=_("What the learner works out, and which decisions those numbers allow."),
            keys=("facts", "decision"),
        ),
        Part(
            id="rubric",
            label=_("Rubric"),
            says=_("The lines by which an instructor marks the reasons."),
            keys=("rubric", *_LIMITS),
            needed=False,
        ),
    ),
}
"""What each kind has beside the common parts. A kind that isn't here is written as files."""


def parts_of(kind: str) -> tuple[Part, ...]:
    """The parts in which an exercise of this kind is written, in order."""
    return (BASICS, BRIEF, *OWN.get(kind, ()), ANSWERS, HINTS, COACH, FILES)


def part_of(kind: str, wished: str) -> Part:
    """The part with this id, or the first."""
    parts = parts_of(kind)
    return next((part for part in parts if part.id == wished), parts[0])


def home_of(kind: str, path: str, key: str = "") -> Part:
    """The part where a file, or a key of exercise.yaml, is written."""
    for part in parts_of(kind):
        if (
            part.whole
            or (path == ABOUT and key in part.keys)
            or (path != ABOUT and part.holds(path))
        ):
            return part
    return FILES
