"""The practice partner: reads a request and answers with a prepared change. Pure.

It builds milestone by milestone. What a request decides goes into the code; what it leaves open is
decided as models do. Once per drill it breaks something that worked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from grader.authored.exercise import Exercise
from grader.kinds.build import wording
from grader.kinds.build.merging import merged_files
from grader.kinds.build.spec import (
    LONGEST_REQUEST,
    BuildSpec,
    Milestone,
    wish_for,
    wish_to_mend,
)
from grader.kinds.prompt.words_given import holds_code, is_brief
from grader.practice.assemble import assembled
from grader.practice.recognise import Recogniser, Stated
from grader.practice.text import without_unseen


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the partner knows of the files: ``built`` milestones are in them, in order, with the
    option ``taken`` for each decision. ``drilled`` names the milestone whose drill was accepted
    and isn't mended; ``met`` are those whose drill was had."""

    built: int = 0
    taken: Mapping[str, str] = field(default_factory=dict)
    drilled: str = ""
    met: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What comes back for a request. ``change`` maps path to whole text, empty where nothing was
    understood; then ``why`` is the reason: empty, too_long, pasted_code, pasted_brief, unknown,
    near, contradiction, not_yet, there, nothing_left.

    ``step`` is the milestone that was worked on and ``taken`` what was decided in it. ``near``
    are the decisions that could not be read.
    """

    says: str
    change: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    step: str = ""
    builds: bool = False
    taken: Mapping[str, str] = field(default_factory=dict)
    drill: bool = False
    mends: bool = False
    near: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "says": self.says,
            "change": dict(self.change),
            "why": self.why,
            "step": self.step,
            "builds": self.builds,
            "taken": dict(self.taken),
            "drill": self.drill,
            "mends": self.mends,
            "near": list(self.near),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Reply:
        """The inverse of ``as_json``. Raises ValueError or TypeError for anything else."""
        change, taken = value.get("change", {}), value.get("taken", {})
        texts = [*change.items(), *taken.items(), *[(each, "") for each in value.get("near", [])]]
        if not all(isinstance(part, str) for pair in texts for part in pair):
            raise TypeError("a reply holds texts")
        return cls(
            says=str(value.get("says", "")),
            change=dict(change),
            why=str(value.get("why", "")),
            step=str(value.get("step", "")),
            builds=value.get("builds") is True,
            taken=dict(taken),
            drill=value.get("drill") is True,
            mends=value.get("mends") is True,
            near=tuple(value.get("near", [])),
        )


def after(standing: Standing, reply: Reply, *, accepted: bool) -> Standing:
    """The standing once a reply's change is accepted, or undone."""
    met = standing.met | ({reply.step} if reply.drill else frozenset())
    if not accepted:
        return replace(standing, met=met)
    drilled = reply.step if reply.drill else "" if reply.mends else standing.drilled
    return Standing(
        built=standing.built + reply.builds,
        taken={**standing.taken, **reply.taken},
        drilled=drilled,
        met=met,
    )


def build_spec(exercise: Exercise) -> BuildSpec:
    if not isinstance(exercise.spec, BuildSpec):
        raise TypeError(f"{exercise.title!r} isn't a build exercise")
    return exercise.spec


def partner_files(
    exercise: Exercise, *, built: int, taken: Mapping[str, str], drilled: str = ""
) -> dict[str, str]:
    """The program as the partner has it with the first ``built`` milestones in place."""
    spec = build_spec(exercise)
    texts = exercise.folder("starter")
    for milestone in spec.milestones[:built]:
        texts |= exercise.folder(f"partner/{milestone.id}")
        if milestone.id == drilled:
            texts |= exercise.folder(f"partner/{milestone.id}.drill")
    decisions = spec.decisions_up_to(built)
    return {
        path: assembled(text, decisions, taken) if path.endswith(".py") else text
        for path, text in texts.items()
    }


_RECOGNISERS: dict[str, Recogniser] = {}
_MOST_REMEMBERED = 256


def _recogniser(exercise: Exercise) -> Recogniser:
    """The exercise's recogniser, made once per version and process."""
    key = exercise.content_hash
    if key not in _RECOGNISERS:
        if len(_RECOGNISERS) >= _MOST_REMEMBERED:
            _RECOGNISERS.clear()
        _RECOGNISERS[key] = build_spec(exercise).recogniser()
    return _RECOGNISERS[key]


def replied(
    exercise: Exercise, request: str, *, standing: Standing, files: Mapping[str, str]
) -> Reply:
    """What the practice partner answers to a request, with these files at hand."""
    text = without_unseen(request).strip()
    refused = refusal(exercise, text)
    if refused is not None:
        return refused
    return _Partner(exercise, text, standing, files).reply()


def refusal(exercise: Exercise, text: str) -> Reply | None:
    """Why a request isn't one that can be answered, by a model either."""
    if not any(character.isalnum() for character in text):
        return Reply(says=wording.EMPTY, why="empty")
    if len(text) > LONGEST_REQUEST:
        says = wording.TOO_LONG.format(count=len(text), most=LONGEST_REQUEST)
        return Reply(says=says, why="too_long")
    if holds_code(text):
        return Reply(says=wording.PASTED_CODE, why="pasted_code")
    if is_brief(text, exercise.brief):
        return Reply(says=wording.PASTED_BRIEF, why="pasted_brief")
    return None


class _Partner:
    """One request, read once."""

    def __init__(
        self, exercise: Exercise, text: str, standing: Standing, files: Mapping[str, str]
    ) -> None:
        self.exercise = exercise
        self.spec = build_spec(exercise)
        self.standing = standing
        self.files = files
        self.stated = _recogniser(exercise).stated(text)

    def reply(self) -> Reply:
        """To mend what a drill broke comes first, then the next milestone, then other decisions
        about what is there."""
        asked = [each for each in self.spec.milestones if self._wants(wish_for(each.id))]
        if self._wants_mending(asked):
            return self._mended()
        following = self.spec.milestones[self.standing.built :]
        if following and following[0] in asked:
            return self._built(following[0], asked)
        return self._revised() or self._nothing(asked, following)

    def _wants(self, wish: str) -> bool:
        return bool(self.stated[wish].says)

    def _wants_mending(self, asked: list[Milestone]) -> bool:
        if not self.standing.drilled:
            return False
        drill = self.spec.milestone(self.standing.drilled).drill
        if self._wants(wish_to_mend(self.standing.drilled)):
            return True
        following = self.spec.milestones[self.standing.built :][:1]
        names = [each.id for each in asked]
        goes_on = any(each in asked for each in following)
        return drill is not None and drill.breaks in names and not goes_on

    def _mended(self) -> Reply:
        """What the drill did is taken back as of its own milestone, whatever was built since."""
        drilled, taken = self.standing.drilled, self.standing.taken
        count = [each.id for each in self.spec.milestones].index(drilled) + 1
        return self._changed(
            Reply(says=wording.MENDED, step=drilled, mends=True),
            self._files(count, taken, drilled=drilled),
            self._files(count, taken),
        )

    def _built(self, milestone: Milestone, asked: list[Milestone]) -> Reply:
        found = [self.stated[decision.id] for decision in milestone.decisions]
        taken = {each.decision: each.taken for each in found}
        drill = milestone.drill is not None and milestone.id not in self.standing.met
        count = self.standing.built + 1
        says = [milestone.tells, *self._contradictions(found)]
        if any(each in self.spec.milestones[count:] for each in asked):
            says.append(wording.LATER)
        return self._changed(
            Reply(says=" ".join(says), step=milestone.id, builds=True, taken=taken, drill=drill),
            self._files(self.standing.built, self.standing.taken),
            self._files(
                count,
                {**self.standing.taken, **taken},
                drilled=milestone.id if drill else "",
            ),
        )

    def _revised(self) -> Reply | None:
        """Other decisions about what is built already, if any are stated."""
        decisions = self.spec.decisions_up_to(self.standing.built)
        other = {
            each.id: option
            for each in decisions
            if (option := self.stated[each.id].option)
            and option != self.standing.taken.get(each.id)
        }
        if not other:
            return None
        about = " and ".join(each.about for each in decisions if each.id in other)
        step = next(
            milestone.id
            for milestone in self.spec.milestones
            if any(each.id in other for each in milestone.decisions)
        )
        return self._changed(
            Reply(says=wording.REVISED.format(about=about), step=step, taken=other),
            self._now(),
            self._files(
                self.standing.built,
                {**self.standing.taken, **other},
                drilled=self.standing.drilled,
            ),
        )

    def _nothing(self, asked: list[Milestone], following: list[Milestone]) -> Reply:
        contradicted = self._contradictions(self.stated.values())
        if contradicted:
            return Reply(says=contradicted[0], why="contradiction")
        later = [each for each in following[1:] if each in asked]
        if later:
            says = wording.NOT_YET.format(about=later[0].about, first=following[0].about)
            return Reply(says=says, why="not_yet", near=(following[0].about,))
        near = self._near()
        if asked:
            about = asked[0].about[:1].upper() + asked[0].about[1:]
            return Reply(says=wording.THERE.format(about=about), why="there", near=near)
        if near:
            ask = next(each.ask for each in self.spec.decisions if each.about == near[0])
            says = wording.NEAR.format(near=" or ".join(near), ask=ask)
            return Reply(says=says, why="near", near=near)
        return Reply(says=wording.UNKNOWN, why="unknown")

    def _near(self) -> tuple[str, ...]:
        """Decisions of what is built that a request says a part of."""
        decisions = self.spec.decisions_up_to(self.standing.built)
        return tuple(
            each.about
            for each in decisions
            if self.stated[each.id].half and not self.stated[each.id].says
        )[:2]

    def _contradictions(self, found: Any) -> list[str]:
        by_id = {decision.id: decision for decision in self.spec.decisions}
        said: list[str] = []
        for each in found:
            stated: Stated = each
            if stated.contradictory and stated.decision in by_id:
                options = by_id[stated.decision].options
                does = " and for code that ".join(options[name].does for name in stated.says)
                said.append(wording.CONTRADICTION.format(says=f"code that {does}"))
        return said

    def _now(self) -> dict[str, str]:
        return self._files(self.standing.built, self.standing.taken, drilled=self.standing.drilled)

    def _files(self, built: int, taken: Mapping[str, str], drilled: str = "") -> dict[str, str]:
        return partner_files(self.exercise, built=built, taken=taken, drilled=drilled)

    def _changed(self, reply: Reply, base: Mapping[str, str], theirs: Mapping[str, str]) -> Reply:
        """The reply with what its change does to the files at hand."""
        change, clashed = merged_files(base=base, ours=self.files, theirs=theirs)
        if not change:
            return Reply(says=wording.NOTHING_LEFT, why="nothing_left")
        says = f"{reply.says} {wording.CLASHED}" if clashed else reply.says
        return replace(reply, says=says, change=change)
