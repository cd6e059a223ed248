"""Which decisions a prompt states, and where it says so. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple, Protocol

from grader.practice.negation import NEGATORS, Words, words_of
from grader.practice.terms import WIDE_GAP, Alternative, Group, Phrase, Vocabulary, compiled
from grader.practice.text import Reading, read
from grader.practice.tokens import Token, parts_of
from grader.practice.units import units_of
from grader.practice.wordlists import words_in

WIDEST = 18
"""Words between the first and the last of an alternative that spans clauses."""
_MOST_PLACES = 6  # of one group in one unit
_FILLERS = words_in(
    "a an the to be is are was it of its get go also have has been ever any all in on by their "
    "this that there exactly then at being up should must will as does do did your my our not"
)
_TAKING_UP = words_in("it always but that this them they")
_GAP, _GAP_AFTER_NEGATOR, _WIDE = 2, 3, 5
_NEAR = 3

Span = tuple[int, int]


class OptionLike(Protocol):
    @property
    def say(self) -> Sequence[Sequence[str]]: ...
    @property
    def negated(self) -> bool: ...
    @property
    def specific_over(self) -> Sequence[str]: ...


class DecisionLike(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def default(self) -> str: ...
    @property
    def options(self) -> Mapping[str, OptionLike]: ...


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What a text says about one decision.

    ``option`` is the one that is stated, or None where none is or several are. ``says`` are all
    options that are stated and ``denied`` those that are only negated. ``spans`` are places in
    the typed text, by option; ``half`` those that say a part of something.
    """

    decision: str
    option: str | None
    taken: str
    says: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    spans: Mapping[str, tuple[Span, ...]]
    half: tuple[Span, ...] = ()

    @property
    def contradictory(self) -> bool:
        return len(self.says) > 1


class _Place(NamedTuple):
    """Where one group is found in a unit: positions of tokens."""

    first: int
    last: int
    tokens: tuple[int, ...]


class _Match(NamedTuple):
    """One alternative in one unit."""

    option: str
    unit: int
    tokens: frozenset[int]
    close: bool  # all in one clause
    negated: bool  # matched only in a negation that it doesn't ask for
    generic: bool  # an alternative that asks for a negation


class _Compiled(NamedTuple):
    decision: DecisionLike
    options: Mapping[str, tuple[Alternative, ...]]


class Recogniser:
    """The decisions of one exercise, ready to be looked for. Safe to share between threads:
    it only remembers what it looked up."""

    def __init__(self, decisions: Iterable[DecisionLike], *, masked: Sequence[str] = ()) -> None:
        """``masked`` are texts that state nothing wherever they stand, as a signature. Raises
        TermError for a term list that can't be used."""
        self._vocabulary = Vocabulary()
        self._masked = tuple(read(text).text for text in masked if text.strip())
        self._decisions = tuple(
            _Compiled(
                decision,
                {
                    name: compiled(option.say, self._vocabulary, negated=option.negated)
                    for name, option in decision.options.items()
                },
            )
            for decision in decisions
        )

    def stated(self, text: str) -> dict[str, Stated]:
        """What the text says about each decision, by the decision's id."""
        reading = read(text)
        units = self._units(reading)
        return {
            each.decision.id: _slot(each, self._matches(each, units), units, reading)
            for each in self._decisions
        }

    def _units(self, reading: Reading) -> list[_Unit]:
        text = reading.text
        for masked in self._masked:
            text = text.replace(masked, " " * len(masked))
        units = (words_of(unit) for unit in units_of(parts_of(text), text))
        return [_Unit(words, self._vocabulary) for words in units]

    def _matches(self, each: _Compiled, units: list[_Unit]) -> list[_Match]:
        found: list[_Match] = []
        for number, unit in enumerate(units):
            for option, alternatives in each.options.items():
                for alternative in alternatives:
                    match = unit.match(alternative)
                    if match is not None:
                        tokens, close, negated = match
                        found.append(
                            _Match(option, number, tokens, close, negated, alternative.negated)
                        )
        return found


class _Unit:
    """One unit with what its tokens match."""

    def __init__(self, words: Words, vocabulary: Vocabulary) -> None:
        self.words = words
        self._no = vocabulary.numbers.get(("no", True), -2)
        self.at: dict[int, list[int]] = {}
        self._found: dict[Group, list[_Place]] = {}
        for place, token in enumerate(words.tokens):
            for number in vocabulary.matching(token):
                self.at.setdefault(number, []).append(place)

    @property
    def takes_up(self) -> bool:
        """Whether the unit goes on about what was said before it."""
        return any(token.word in _TAKING_UP for token in self.words.tokens)

    def match(self, alternative: Alternative) -> tuple[frozenset[int], bool, bool] | None:
        """The tokens of the nearest match, whether one clause holds it, and whether it stands
        in a negation that isn't asked for. A match that isn't negated comes first."""
        places = []
        for group in alternative.groups:
            found = self.places(group)
            if not found:
                return None
            places.append(found)
        best: tuple[tuple[bool, bool, int], frozenset[int]] | None = None
        for chosen in product(*places):
            ranked = self._ranked(chosen, alternative)
            if ranked is not None and (best is None or ranked[0] < best[0]):
                best = ranked
        if best is None:
            return None
        (negated, spread, _), tokens = best
        return tokens, not spread, negated

    def _ranked(
        self, chosen: tuple[_Place, ...], alternative: Alternative
    ) -> tuple[tuple[bool, bool, int], frozenset[int]] | None:
        tokens = frozenset(token for place in chosen for token in place.tokens)
        if sum(len(place.tokens) for place in chosen) > len(tokens):
            return None  # one word can't be two groups
        if any(self._is_far_negator(place, tokens) for place in chosen):
            return None
        width = max(tokens) - min(tokens)
        clauses = {self.words.clause_of[token] for token in tokens}
        if len(clauses) > 1 and width > WIDEST:
            return None
        odd = self._odd(tokens)
        if alternative.negated:
            negated = not self._odd(tokens, neutral=False) or self._outside_contrast(tokens)
            tokens |= self._negators(tokens)
        else:
            negated = odd
        return (negated, len(clauses) > 1, width), tokens

    def _odd(self, tokens: frozenset[int], *, neutral: bool = True) -> bool:
        """Whether a word of the match is negated an odd number of times. "I don't care about" is
        no negation that could be asked for, so it only counts with ``neutral``."""
        scopes = [
            scope
            for scope in self.words.scopes
            if not scope.by & tokens and (neutral or not scope.neutral)
        ]
        return any(sum(token in scope.over for scope in scopes) % 2 for token in tokens)

    def _is_far_negator(self, place: _Place, tokens: frozenset[int]) -> bool:
        """Whether a group is a bare "no" that isn't about the next word of the match."""
        if place.first != place.last or self.words.tokens[place.first].word not in NEGATORS:
            return False
        after = [token for token in tokens if token > place.first]
        if not after:
            return self.words.tokens[place.first].word == "not"
        return min(after) - place.first > _NEAR

    def _stands_in(self, phrase: Phrase) -> bool:
        """Whether a phrase begins with a "no" that other words may stand in for."""
        return phrase[0] == self._no

    def _outside_contrast(self, tokens: frozenset[int]) -> bool:
        """Whether "instead of" stands between the words of a match."""
        return any(
            scope.strict and scope.over & tokens and not tokens <= scope.over
            for scope in self.words.scopes
        )

    def _negators(self, tokens: frozenset[int]) -> frozenset[int]:
        return frozenset(
            by for scope in self.words.scopes if scope.over & tokens for by in scope.by
        )

    def places(self, group: Group) -> list[_Place]:
        """Where a group's phrases stand, the longest phrases first."""
        found = self._found.get(group)
        if found is None:
            found = self._found[group] = self._look_for(group)
        return found

    def _look_for(self, group: Group) -> list[_Place]:
        found: dict[tuple[int, ...], _Place] = {}
        for number in self.at.keys() & group.by_first.keys():
            for phrase in group.by_first[number]:
                for first in self.at[number]:
                    tokens = self._rest(phrase, first) if len(phrase) > 1 else (first,)
                    if tokens:
                        found[tokens] = _Place(tokens[0], tokens[-1], tokens)
        if len(found) < 2:
            return list(found.values())
        ranked = sorted(found.values(), key=lambda place: (-len(place.tokens), place.first))
        return ranked[:_MOST_PLACES]

    def _rest(self, phrase: Phrase, first: int) -> tuple[int, ...]:
        """The tokens of a phrase that begins here, with few and idle words between; or ()."""
        tokens = [first]
        row = self.words.tokens
        wide = False
        for number in phrase[1:]:
            if number == WIDE_GAP:
                wide = True
                continue
            anything = wide or (row[tokens[-1]].word in NEGATORS and not self._stands_in(phrase))
            furthest = (
                tokens[-1] + 1 + (_WIDE if wide else _GAP_AFTER_NEGATOR if anything else _GAP)
            )
            place = next(
                (at for at in self.at.get(number, ()) if tokens[-1] < at <= furthest), None
            )
            if place is None or not (anything or _idle(row[tokens[-1] + 1 : place])):
                return ()
            tokens.append(place)
            wide = False
        return tuple(tokens)


def _idle(between: tuple[Token, ...]) -> bool:
    return all(token.word in _FILLERS for token in between)


def _slot(each: _Compiled, matches: list[_Match], units: list[_Unit], reading: Reading) -> Stated:
    """One decision's slot: one option stated, none, or several."""
    plain = _settled(each, [match for match in matches if not match.negated], matches, units)
    says = tuple(option for option in each.options if any(m.option == option for m in plain))
    denied = tuple(
        option
        for option in each.options
        if option not in says
        and any(m.option == option and m.negated and not m.generic for m in matches)
    )
    option = says[0] if len(says) == 1 else None
    kept = plain or [match for match in matches if match.option in denied]
    return Stated(
        decision=each.decision.id,
        option=option,
        taken=option or each.decision.default,
        says=says,
        denied=denied,
        spans=_spans(kept, units, reading),
        half=() if says else _half(each, units, reading),
    )


def _settled(
    each: _Compiled, plain: list[_Match], matches: list[_Match], units: list[_Unit]
) -> list[_Match]:
    """Without what a nearer, a more specific or a fuller match explains away."""
    near = [match for match in plain if not _is_explained(match, plain)]
    specific = [match for match in near if not _is_nested(each, match, near, units)]
    return [match for match in specific if not _is_narrower_denial(match, specific, matches)]


def _is_explained(match: _Match, plain: list[_Match]) -> bool:
    """A match across clauses that borrows a word from another option's match in one clause."""
    return not match.close and any(
        other.close
        and other.option != match.option
        and other.unit == match.unit
        and other.tokens & match.tokens
        for other in plain
    )


def _is_nested(each: _Compiled, match: _Match, plain: list[_Match], units: list[_Unit]) -> bool:
    """A match of an option over which another one is specific that is said in the same breath:
    "round to 2 decimals, always down", or "Round to 2 decimals. It should round down."."""
    return any(
        match.option in each.decision.options[other.option].specific_over
        and (
            other.unit == match.unit
            or (other.unit == match.unit + 1 and units[other.unit].takes_up)
        )
        for other in plain
    )


def _is_narrower_denial(match: _Match, plain: list[_Match], matches: list[_Match]) -> bool:
    """ "Don't round to whole pounds" denies one option; it doesn't ask not to round at all, if
    another option is asked for elsewhere."""
    if not match.generic or all(other.option == match.option or other.generic for other in plain):
        return False
    return any(
        other.negated
        and other.unit == match.unit
        and other.option != match.option
        and not other.generic
        for other in matches
    )


def _spans(
    matches: Iterable[_Match], units: list[_Unit], reading: Reading
) -> dict[str, tuple[Span, ...]]:
    found: dict[str, set[Span]] = {}
    for match in matches:
        row = units[match.unit].words.tokens
        spans = found.setdefault(match.option, set())
        spans |= {_whole(start, end, reading) for start, end in _runs(match.tokens, row)}
    return {option: _merged(spans) for option, spans in found.items()}


def _whole(start: int, end: int, reading: Reading) -> Span:
    """A stretch with the rest of a name that it ends in, as item_value."""
    text = reading.text
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return reading.span(start, end)


def _runs(tokens: frozenset[int], row: tuple[Token, ...]) -> Iterator[Span]:
    """The matched words as stretches of text; words up to three apart are one stretch."""
    places = sorted(tokens, key=lambda at: row[at].start)
    start, end, last = row[places[0]].start, row[places[0]].end, places[0]
    for at in places[1:]:
        if abs(at - last) > 4:
            yield start, end
            start = row[at].start
        end, last = row[at].end, at
    yield start, end


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _half(each: _Compiled, units: list[_Unit], reading: Reading) -> tuple[Span, ...]:
    """Words that say at least half of some alternative of two or more groups."""
    best: list[tuple[float, int, tuple[int, ...]]] = []
    for number, unit in enumerate(units):
        for alternatives in each.options.values():
            for alternative in alternatives:
                found = [
                    places[0] for group in alternative.groups if (places := unit.places(group))
                ]
                share = len(found) / len(alternative.groups)
                if len(alternative.groups) > 1 and share >= 0.5:
                    tokens = tuple(token for place in found for token in place.tokens)
                    best.append((share, number, tokens))
    if not best:
        return ()
    _, number, tokens = max(best, key=lambda each: each[0])
    row = units[number].words.tokens
    spans = (reading.span(start, end) for start, end in _runs(frozenset(tokens), row))
    return _merged(spans)
