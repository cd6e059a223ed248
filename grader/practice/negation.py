"""Which words of a unit are negated, and by what.

A scope is what a negating word reaches. A term that holds the negating word itself ("not
exceed") uses it up, so its scope doesn't count for that match.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from grader.practice.tokens import Token
from grader.practice.units import Unit
from grader.practice.wordlists import words_in

NEGATORS = words_in("not no never without nor neither non")
_SOFT = words_in(
    "avoid avoids avoiding skip skips skipping omit omits omitting refrain ignore ignores "
    "ignoring disregard"
)
_FORGETTING = words_in("forget forgets fail fails neglect hesitate miss overlook")
_ONLY = words_in("only just simply merely necessarily")
_NEEDED = words_in(
    "need needed needs necessary required require requires wanted allowed important relevant "
    "matter matters permitted desired expected acceptable ok okay wished"
)
_UNNEEDED = words_in("unnecessary unneeded needless optional unwanted forbidden prohibited")
_CARING = words_in("matter matters care mind sure")
_FILLERS = words_in(
    "a an the to be is are was were been do does did it that this there of ever also really any "
    "please at all just have has want wants you i we for"
)
_ENDS_INSTEAD = words_in(
    "just should return give use do make it then i you we please keep leave always"
)
_NOUN_PHRASE = 3
"""How many words "no" reaches: "no decimal places at"."""


class Scope(NamedTuple):
    """``by`` are the positions of the negating words, ``over`` those of what they negate.

    ``strict``: what stands before the negating words is the opposite ("this instead of that").
    ``neutral``: neither is asked for ("it doesn't matter whether").
    """

    by: frozenset[int]
    over: frozenset[int]
    conditional: bool
    strict: bool = False
    neutral: bool = False


class Words(NamedTuple):
    """A unit as one row of tokens, with each token's clause."""

    tokens: tuple[Token, ...]
    clause_of: tuple[int, ...]
    scopes: tuple[Scope, ...]


def words_of(unit: Unit) -> Words:
    """The unit's tokens in a row, and the scopes of its negations."""
    tokens: list[Token] = []
    clause_of: list[int] = []
    for at, clause in enumerate(unit.clauses):
        tokens += clause.tokens
        clause_of += [at] * len(clause.tokens)
    row = tuple(tokens)
    scopes = [*_scopes(unit, row, clause_of), *_turned(unit, clause_of)]
    return Words(row, tuple(clause_of), tuple(scopes))


def _turned(unit: Unit, clause_of: list[int]) -> Iterator[Scope]:
    """The clauses that "unless" and "otherwise" turn round."""
    for at in unit.turned:
        over = frozenset(place for place, clause in enumerate(clause_of) if clause == at)
        yield Scope(by=frozenset(), over=over, conditional=True)


def _scopes(unit: Unit, tokens: tuple[Token, ...], clause_of: list[int]) -> Iterator[Scope]:
    for at, token in enumerate(tokens):
        if token.quoted:
            continue
        found = _scope_at(tokens, clause_of, at, unit)
        if found is not None:
            yield found


def _scope_at(tokens: tuple[Token, ...], clause_of: list[int], at: int, unit: Unit) -> Scope | None:
    """What the word at a place negates, if it negates anything."""
    word = tokens[at].word
    if word in NEGATORS:
        return _hard(tokens, clause_of, at, unit)
    conditional = unit.clauses[clause_of[at]].conditional
    first, last = _clause_range(clause_of, at)
    if word in ("instead", "rather"):
        return _contrast(tokens, at, last, conditional=conditional)
    if word in _UNNEEDED:
        return Scope(frozenset({at}), frozenset(range(first, last)) - {at}, conditional)
    leaves_out = word == "leave" and at + 1 < last and tokens[at + 1].word == "out"
    if word in _SOFT or leaves_out:
        by = frozenset({at, at + 1}) if leaves_out else frozenset({at})
        return Scope(by, frozenset(range(max(by) + 1, last)), conditional)
    return None


def _hard(tokens: tuple[Token, ...], clause_of: list[int], at: int, unit: Unit) -> Scope | None:
    """What not, no, never and the like negate."""
    first, last = _clause_range(clause_of, at)
    reach = _reach(tokens, at, last)
    if reach is None:
        return None
    backward, end = reach
    if end == last and tokens[at].word != "no":
        end = _listed(unit, clause_of, at, last)
    over = range(first, last) if backward else range(at + 1, end)
    conditional = unit.clauses[clause_of[at]].conditional
    neutral = any(token.word in _CARING for token in tokens[at + 1 : at + 3])
    return Scope(frozenset({at}), frozenset(over) - {at}, conditional, neutral=neutral)


def _contrast(tokens: tuple[Token, ...], at: int, last: int, *, conditional: bool) -> Scope | None:
    """What "instead of" and "rather than" turn down."""
    if at + 1 >= last or tokens[at + 1].word not in ("of", "than"):
        return None
    over = range(at + 2, _until_turn(tokens, at + 2, last))
    return Scope(frozenset({at, at + 1}), frozenset(over), conditional, strict=True)


def _clause_range(clause_of: list[int], at: int) -> tuple[int, int]:
    first = last = at
    while first and clause_of[first - 1] == clause_of[at]:
        first -= 1
    while last < len(clause_of) and clause_of[last] == clause_of[at]:
        last += 1
    return first, last


def _reach(tokens: tuple[Token, ...], at: int, last: int) -> tuple[bool, int] | None:
    """Whether the negation also reaches back, and up to where it reaches. None: it negates
    nothing ("not only", "don't forget to", "whether or not")."""
    if at and tokens[at - 1].word == "or" and at + 1 == last:
        return None
    following = at + 1
    while following < last and tokens[following].word in _FILLERS:
        following += 1
    word = tokens[following].word if following < last else ""
    nearest = tokens[at + 1].word if at + 1 < last else ""
    if word in _FORGETTING or (nearest in _ONLY and _adds(tokens[at + 2 :])):
        return None
    if word in _NEEDED:
        rest = tokens[following + 1 : last]
        return not any(token.word not in _FILLERS for token in rest), last
    if tokens[at].word in ("no", "non"):
        reach = 1 if tokens[at].word == "non" else _NOUN_PHRASE
        return False, min(last, at + 1 + reach)
    if word in ("matter", "care"):
        return True, last
    return False, last


def _adds(rest: tuple[Token, ...]) -> bool:
    """Whether "not only" is followed by what comes on top: "but also"."""
    return any(token.word in ("but", "also") for token in rest)


def _listed(unit: Unit, clause_of: list[int], at: int, last: int) -> int:
    """The end of a negation that reaches over a list: "don't sort, filter or change it"."""
    clause = clause_of[at]
    end = last
    for number in range(clause + 1, len(unit.clauses)):
        following = unit.clauses[number]
        if following.conditional or following.after not in (",", "or"):
            break
        end += len(following.tokens)
        if following.after == "or" or any(
            token.word in ("or", "nor") for token in following.tokens
        ):
            return end
    return last


def _until_turn(tokens: tuple[Token, ...], start: int, last: int) -> int:
    """Where "instead of rounding down" ends when "round up" follows without a comma."""
    for at in range(start + 1, last):
        word = tokens[at].word
        if word in _ENDS_INSTEAD:
            return at
        if len(word) > 3 and any(tokens[back].word[:4] == word[:4] for back in range(start, at)):
            return at
    return last
