"""What a case has to prove before it is published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from grader.authored.exercise import Exercise
from grader.authored.problems import Fault
from grader.kinds.decide.answers import GivenClaim, GivenDecision, GivenFact, Memo
from grader.kinds.decide.marks import mark
from grader.kinds.decide.payoff import key_facts, payoffs
from grader.kinds.decide.say import standing
from grader.kinds.decide.sources import Sources, named, number_in
from grader.kinds.decide.spec import Claim, ClaimStatus, DecideSpec
from grader.kinds.decide.sums import SumError, in_words, worked
from grader.kinds.tools import Tools

Path = tuple[str | int, ...]


def prove(exercise: Exercise, *, tools: Tools) -> Iterator[Fault]:
    """Work every sum out, hold each claim against its cells, and play the answers that know
    nothing."""
    spec = exercise.spec
    if not isinstance(spec, DecideSpec):
        raise TypeError(f"{exercise.title!r} isn't a decide exercise")
    sources = spec.open_sources(exercise.files)
    unworkable = list(_unworkable(spec, sources))
    yield from unworkable
    for at, claim in enumerate(spec.claims):
        yield from _claim_faults(claim, ("claims", at), sources)
    if not unworkable:
        yield from _decision_faults(spec, sources)
        yield from _gaming(spec, sources)


def _unworkable(spec: DecideSpec, sources: Sources) -> Iterator[Fault]:
    """Sums that can't be worked out."""
    facts: dict[str, Fraction] = {}
    for at, fact in enumerate(spec.facts):
        path: Path = ("facts", at, "sum")
        try:
            found = worked(fact.sum, sources=sources)
            facts[fact.id] = found.value
            if not found.cells:
                yield Fault(
                    path=path, message="The number comes from no cell.", remedy="Name the cells."
                )
        except SumError as error:
            yield _not_worked(path, fact.sum, error)
    for at, claim in enumerate(spec.claims):
        try:
            if claim.sum:
                worked(claim.sum, sources=sources)
        except SumError as error:
            yield _not_worked(("claims", at, "sum"), claim.sum or "", error)
    if len(facts) == len(spec.facts):
        try:
            payoffs(spec, sources, facts)
        except SumError as error:
            yield _not_worked(("decision", "payoff"), "A pay-off", error)


def _not_worked(path: Path, text: str, error: SumError) -> Fault:
    return Fault(
        path=path,
        message=f"“{text}” can't be worked out: {error}.",
        remedy="Put the sum or the table right.",
    )


def _claim_faults(claim: Claim, path: Path, sources: Sources) -> Iterator[Fault]:
    """What settles a claim has to be there, and has to settle it as the key says."""
    if claim.key is ClaimStatus.CANT_TELL:
        yield from _open_claim_faults(claim, path)
    elif claim.sum:
        yield from _sum_faults(claim, path, sources)
    elif claim.quote:
        yield from _quote_faults(claim, path, sources)
    else:
        yield Fault(
            path=path,
            message=f"Nothing settles the claim “{claim.id}”.",
            remedy="Add `sum` and `claimed`, or `evidence` and `quote`.",
        )


def _open_claim_faults(claim: Claim, path: Path) -> Iterator[Fault]:
    if claim.sum or claim.quote:
        yield Fault(
            path=path,
            message=f"“{claim.id}” can't be told, and yet a sum or a quote settles it.",
            remedy="Take it out, or mark the claim holds or wrong.",
        )
    if not claim.missing:
        yield Fault(
            path=path,
            message=f"“{claim.id}” doesn't say what the data lacks.",
            remedy="Add `missing: …`.",
        )


def _sum_faults(claim: Claim, path: Path, sources: Sources) -> Iterator[Fault]:
    try:
        value = worked(claim.sum or "", sources=sources).value
    except SumError:  # said as a sum that can't be worked out
        return
    agrees = claim.agrees(value)
    if agrees is None:
        yield Fault(
            path=(*path, "claimed"),
            message="`claimed` isn't a number or a comparison with one.",
            remedy="Write it like 40, “> 0.5” or “<= 12”.",
        )
    elif agrees != (claim.key is ClaimStatus.HOLDS):
        yield Fault(
            path=(*path, "status"),
            message=f"The sum gives {in_words(value, 4)} and the claim says {claim.claimed}, so "
            f"it {'holds' if agrees else 'is wrong'}.",
            remedy="Put the key, the claim or the data right.",
        )
    yield from _unsaid_number(claim, path)


def _unsaid_number(claim: Claim, path: Path) -> Iterator[Fault]:
    """A claim that is held against a plain number has to say it."""
    if isinstance(claim.claimed, str) or claim.claimed is None:
        return
    said = {number_in(word.strip(".,;:()")) for word in claim.says.replace("%", " ").split()}
    if Fraction(str(claim.claimed)) not in said:
        yield Fault(
            path=(*path, "claimed"),
            message=f"The claim's own words don't say {claim.claimed}.",
            remedy="Say the number in digits, or write a comparison such as “> 0.5”.",
        )


def _quote_faults(claim: Claim, path: Path, sources: Sources) -> Iterator[Fault]:
    places = {place for text in claim.evidence for place in named(text, sources).places}
    if not any(_squeezed(claim.quote or "") in _squeezed(sources.value(at)) for at in places):
        yield Fault(
            path=(*path, "quote"),
            message=f"No passage of the evidence says “{claim.quote}”.",
            remedy="Name the passage under `evidence`, and quote it letter by letter.",
        )


def _squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()


def _decision_faults(spec: DecideSpec, sources: Sources) -> Iterator[Fault]:
    """What the author allows has to be what the table makes best."""
    table = payoffs(spec, sources, key_facts(spec, sources))
    for at, option in enumerate(spec.decision.options):
        if option.allowed != (option.id in table.sound):
            worth = in_words(table.expected[option.id])
            yield Fault(
                path=("decision", "options", at),
                message=f"By the table “{option.id}” is worth {worth} {table.unit}, so it is "
                f"{'' if option.id in table.sound else 'not '}sound.",
                remedy="Put `allowed`, `within` or the table right.",
            )
    if len(table.sound) == len(spec.decision.options):
        yield Fault(
            path=("decision", "options"),
            message="Every option is sound.",
            remedy="Add one that the numbers speak against.",
        )
    chances = [row.chance for row in table.rows]
    if min(chances) < 0 or max(chances) > 1:
        yield Fault(
            path=("decision", "payoff", "rows"),
            message="A chance is below 0 or above 1.",
            remedy="Write chances as shares of 1.",
        )


def _gaming(spec: DecideSpec, sources: Sources) -> Iterator[Fault]:
    """Memos that know the numbers and the decision and judge no claim may not pass."""
    for status in ClaimStatus:
        all_hold = not spec.misstatements and status is ClaimStatus.HOLDS
        if not all_hold and _passes(spec, sources, _always(status)):
            yield Fault(
                path=("claims",),
                message=f"A memo that marks every claim “{standing(status)}” passes.",
                remedy="Mix the claims: some that hold, some wrong, some that can’t be told.",
            )
    if spec.misstatements and _passes(spec, sources, _pointing_everywhere(sources)):
        yield Fault(
            path=("sources",),
            message="A memo that names every cell as evidence passes.",
            remedy="Give the tables more rows than the claims rest on.",
        )
    if not _passes(spec, sources, _knowing):
        yield Fault(
            path=("claims",),
            message="A memo with every key right doesn’t pass.",
            remedy="Look at `evidence` of claims and facts.",
        )


Strategy = Callable[[Claim], GivenClaim]


def _knowing(claim: Claim) -> GivenClaim:
    """Marked as the key says, with the evidence that settles it."""
    check = f"={claim.sum}" if claim.sum else ""
    return GivenClaim(status=claim.key, evidence=" ".join(claim.evidence), check=check)


def _always(status: ClaimStatus) -> Strategy:
    return lambda claim: replace(_knowing(claim), status=status)


def _pointing_everywhere(sources: Sources) -> Strategy:
    everything = " ".join(sources.names())
    return lambda claim: GivenClaim(status=claim.key, evidence=everything)


def _passes(spec: DecideSpec, sources: Sources, strategy: Strategy) -> bool:
    """Whether a memo with right numbers and a sound decision passes with such claims."""
    choice = next((option.id for option in spec.decision.options if option.allowed), "")
    memo = Memo(
        facts={
            fact.id: GivenFact(text=in_words(value, 6), source=f"={fact.sum}")
            for fact, value in zip(spec.facts, key_facts(spec, sources).values(), strict=True)
        },
        claims={claim.id: strategy(claim) for claim in spec.claims},
        decision=GivenDecision(choice=choice, because="The numbers say so."),
    )
    return mark(memo, spec, sources).passed
