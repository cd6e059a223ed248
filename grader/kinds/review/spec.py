"""What the author of a ``review`` writes, and what a learner sees of it before the end."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from grader.authored.model import Authored, Line, Slug, Words
from grader.authored.problems import Fault
from grader.authored.spec import Spec, repeated
from grader.checks.hidden import literals_of_code
from grader.checks.listing import Edit, Span, lines_of, marked, overlapping, read_span
from grader.kinds.review.diffs import DiffError, patched
from grader.kinds.review.words import NUDGES, Call, Category, Severity

MOST_LINES = 120
WIDEST = 12  # lines that one finding, and so one defect, may have

FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$")]
ArtefactType = Literal["code", "diff", "tests", "table", "text"]
Reason = Literal["performance", "security", "style", "source", "wording"]


def _lines(said: Any) -> Span:
    span = read_span(said)
    if span is None or span.first < 1:
        raise ValueError("lines are one number or two, as in 12 or 12-13")
    return span


Lines = Annotated[Span, BeforeValidator(_lines, json_schema_input_type=int | str)]
CategoryName = Annotated[Category, Field(strict=False)]
SeverityName = Annotated[Severity, Field(strict=False)]
CallName = Annotated[Call, Field(strict=False)]


class Artefact(Authored):
    """What the model wrote: ``artefact/<file>``, and what sort of text it is."""

    file: FileName
    type: ArtefactType = "code"
    written_by: Literal["model", "practice", "person"] = "model"
    program: FileName | None = None
    """For a diff or tests: the file of ``context/`` that is imported when tests run."""


class Correction(Authored):
    """Right lines for wrong ones. An empty text takes the lines out."""

    lines: Lines
    corrected: str = Field(max_length=8000)

    @property
    def edit(self) -> Edit:
        return Edit(span=self.lines, text=self.corrected)


class Witness(Authored):
    """What shows the defect: tests that fail on it, a program that weak tests let through, or
    the reason why no run can show it."""

    tests: list[str] = []
    mutant: Slug | None = None
    reason: Reason | None = None

    @property
    def ways(self) -> int:
        return bool(self.tests) + (self.mutant is not None) + (self.reason is not None)


class Defect(Authored):
    """One planted defect. ``accepts`` are further lines where a comment on it may stand."""

    id: Slug
    lines: Lines
    accepts: list[Lines] = []
    category: CategoryName
    also: list[CategoryName] = []
    severity: SeverityName
    explain: Words
    corrected: str | None = Field(None, max_length=8000)
    elsewhere: list[Correction] = []
    variant: FileName | None = None
    witness: Witness
    where: Line | None = None
    about: Line | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        return (self.lines, *self.accepts)

    @property
    def marked(self) -> frozenset[int]:
        """Every line on which a comment about this defect may stand."""
        return marked(self.spans)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What puts it right; empty where the author gives a whole variant instead."""
        if self.corrected is None:
            return ()
        own = Edit(span=self.lines, text=self.corrected)
        return (own, *(each.edit for each in self.elsewhere))

    @property
    def categories(self) -> frozenset[Category]:
        return frozenset((self.category, *self.also))

    @property
    def subject(self) -> str:
        """What a nudge says that it is about."""
        return self.about or NUDGES[self.category]


class Decoy(Authored):
    """Right lines that look wrong, and why they are right."""

    id: Slug
    lines: Lines
    reason: Words


class ReviewSpec(Spec):
    """``kind: review``: read the request and what a model made of it, mark, prove, decide.

    A clean item has no defects, and its key allows the call ``use``.
    """

    kind: Literal["review"]
    artefact: Artefact
    request: Words
    proof: bool = True
    defects: list[Defect] = Field([], max_length=8)
    decoys: list[Decoy] = Field([], max_length=8)
    calls: list[CallName] = Field(min_length=1, max_length=2)

    @property
    def is_clean(self) -> bool:
        return not self.defects

    @property
    def takes_proof(self) -> bool:
        """Whether comments may come with evidence. Texts and tables can't be run."""
        return self.proof and self.artefact.type in ("code", "diff", "tests")

    def provable(self, defect: Defect) -> bool:
        """Whether evidence counts for this defect: not where no run can show it."""
        return self.takes_proof and defect.witness.reason is None

    @cached_property
    def by_id(self) -> dict[str, Defect]:
        return {defect.id: defect for defect in self.defects}

    def text(self, files: Mapping[str, str]) -> str:
        return files[f"artefact/{self.artefact.file}"]

    def module(self) -> str:
        """The name under which the artefact's program is imported."""
        main = self.artefact.program or self.artefact.file
        return main.removesuffix(".py")

    def shown(self, files: Mapping[str, str]) -> dict[str, Any]:
        return {
            "written_by": self.artefact.written_by,
            "request": self.request,
            "artefact": {
                "file": self.artefact.file,
                "type": self.artefact.type,
                "text": self.text(files),
            },
            "context": _folder(files, "context"),
            "takes_proof": self.takes_proof,
            "takes_tests": self.takes_proof and self.artefact.type != "tests",
            "module": self.module(),
        }

    def hidden_texts(self, files: Mapping[str, str]) -> Iterator[str | float]:
        for defect in self.defects:
            yield from literals_of_code(defect.corrected or "")
        for path, text in files.items():
            if path.startswith("hidden/") and path.endswith(".py"):
                yield from literals_of_code(text)

    def faults(self, files: Mapping[str, str]) -> Iterator[Fault]:
        if f"artefact/{self.artefact.file}" not in files:
            yield _fault(
                ("artefact", "file"), f"artefact/{self.artefact.file} is missing.", "Add the file."
            )
            return
        yield from self._repetitions()
        yield from self._calls()
        yield from self._places(len(lines_of(self.text(files))))
        yield from self._touching()
        yield from self._witnesses(files)
        yield from self._runnable(files)

    def _repetitions(self) -> Iterator[Fault]:
        ids = [each.id for each in self.defects] + [each.id for each in self.decoys]
        for twice in sorted(repeated(ids)):
            yield _fault(("defects",), f"The id “{twice}” is used twice.", "Rename one.")

    def _calls(self) -> Iterator[Fault]:
        uses = Call.USE in self.calls
        if self.is_clean and self.calls != [Call.USE]:
            yield _fault(
                ("calls",), "Without defects the only right call is `use`.", "Write `calls: [use]`."
            )
        if uses and any(each.severity is not Severity.MINOR for each in self.defects):
            yield _fault(
                ("calls",),
                "`use` is allowed although a defect is worse than minor.",
                "Take `use` out, or make the defect minor.",
            )

    def _places(self, count: int) -> Iterator[Fault]:
        for path, span in self._spans():
            if span.last > count:
                yield _fault(
                    path, f"Line {span.last} isn't there; the artefact has {count}.", "Correct it."
                )
            if len(span) > WIDEST:
                yield _fault(
                    path, f"{len(span)} lines are too many.", f"Name at most {WIDEST} lines."
                )
        if count > MOST_LINES:
            yield _fault(
                ("artefact", "file"),
                f"The artefact has {count} lines.",
                f"Shorten it to {MOST_LINES}; 25 to 60 are best.",
            )

    def _spans(self) -> Iterator[tuple[tuple[str | int, ...], Span]]:
        for at, defect in enumerate(self.defects):
            yield ("defects", at, "lines"), defect.lines
            for number, span in enumerate(defect.accepts):
                yield ("defects", at, "accepts", number), span
            for number, each in enumerate(defect.elsewhere):
                yield ("defects", at, "elsewhere", number), each.lines
        for at, decoy in enumerate(self.decoys):
            yield ("decoys", at, "lines"), decoy.lines

    def _touching(self) -> Iterator[Fault]:
        """A line means one thing only, and no two corrections change the same line."""
        named = [(d.id, s) for d in self.defects for s in d.spans]
        named += [(decoy.id, decoy.lines) for decoy in self.decoys]
        for one, two in _clashes(named):
            yield _fault(
                ("defects",),
                f"“{one}” and “{two}” share a line.",
                "Give each its own lines, or make them one.",
            )
        edits = [edit.span for defect in self.defects for edit in defect.edits]
        if clash := overlapping(edits):
            yield _fault(
                ("defects",),
                f"Two corrections change line {max(span.first for span in clash)}.",
                "Put the corrections of one line into one defect.",
            )

    def _witnesses(self, files: Mapping[str, str]) -> Iterator[Fault]:
        known = set(self.author_tests(files))
        for at, defect in enumerate(self.defects):
            path = ("defects", at, "witness")
            if defect.witness.ways != 1:
                yield _fault(
                    path, f"“{defect.id}” needs one witness.", "Name tests, a mutant or a reason."
                )
            for name in defect.witness.tests:
                if name not in known:
                    yield _fault(
                        path, f"hidden/ has no test “{name}”.", "Write it, or correct the name."
                    )
            if defect.witness.mutant and f"hidden/mutants/{defect.witness.mutant}.py" not in files:
                yield _fault(
                    path, f"hidden/mutants/{defect.witness.mutant}.py is missing.", "Add it."
                )
            yield from self._correctable(at, defect, files)

    def _correctable(self, at: int, defect: Defect, files: Mapping[str, str]) -> Iterator[Fault]:
        if defect.corrected is not None:
            return
        path = ("defects", at)
        if defect.variant is None:
            yield _fault(path, f"“{defect.id}” has no corrected lines.", "Add `corrected: |`.")
        elif f"variants/{defect.variant}" not in files:
            yield _fault((*path, "variant"), f"variants/{defect.variant} is missing.", "Add it.")
        elif f"reference/{self.artefact.file}" not in files:
            yield _fault(
                path,
                "With a variant instead of corrected lines the right text has to be written out.",
                f"Add reference/{self.artefact.file}.",
            )

    def _runnable(self, files: Mapping[str, str]) -> Iterator[Fault]:
        if self.artefact.type in ("diff", "tests"):
            program = self.artefact.program
            if program is None or f"context/{program}" not in files:
                yield _fault(
                    ("artefact",),
                    f"A review of {self.artefact.type} needs the program in context/.",
                    "Add the file, and name it with `program:`.",
                )
                return
        if self.artefact.type == "diff":
            try:
                patched(_folder(files, "context"), self.text(files))
            except DiffError as error:
                yield _fault(
                    ("artefact", "file"), f"The diff can't be put on: {error}.", "Mend it."
                )

    def author_tests(self, files: Mapping[str, str]) -> list[str]:
        """The names of all test functions in ``hidden/``."""
        names: list[str] = []
        for path, text in sorted(files.items()):
            if path.startswith("hidden/test") and path.endswith(".py"):
                names += _test_names(text)
        return names


def _test_names(text: str) -> list[str]:
    try:
        tree = ast.parse(text)
    except SyntaxError:  # said where the tests are run
        return []
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test")
    ]


def _clashes(named: list[tuple[str, Span]]) -> Iterator[tuple[str, str]]:
    for at, (one, span) in enumerate(named):
        for two, other in named[at + 1 :]:
            if one != two and span.touches(other):
                yield one, two


def _folder(files: Mapping[str, str], name: str) -> dict[str, str]:
    prefix = f"{name}/"
    return {
        path.removeprefix(prefix): text for path, text in files.items() if path.startswith(prefix)
    }


def _fault(path: tuple[str | int, ...], message: str, remedy: str) -> Fault:
    return Fault(path=path, message=message, remedy=remedy)
