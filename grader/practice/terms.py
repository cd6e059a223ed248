"""Authors' term lists, compiled: which words of a text each term matches.

A list is alternatives; an alternative is groups that must all be found; a group is terms between
bars, of which one must be found. A term is a word, a phrase ("no more than"), or a shared list's
name in capitals (``EMPTY``). A word matches with any ending; with ``*`` it matches every word that
begins so, however short. In a phrase, "..." stands for up to five words: "day ... month".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.practice.macros import MACROS, NOT
from grader.practice.negation import NEGATORS
from grader.practice.text import read
from grader.practice.tokens import Token, parts_of
from grader.practice.wordlists import words_in
from grader.practice.words import doubled, matches, mistyped, spelled

WIDE_GAP = -1
"""Stands in a phrase for "…": a few words of any kind."""
_MOST_REMEMBERED = 20_000
_NONE_OF = words_in("no not without 0")
"""What "no" stands for at the beginning of a phrase: "no offer", "not offers", "0 offers"."""


class TermError(ValueError):
    """A term list can't be used; the message says which term and why."""


Phrase = tuple[int, ...]
"""The numbers of a term's words, in order."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Phrases of which one has to be found, by their first words. Equal groups of an exercise
    are one object, so that a unit looks for each of them once."""

    by_first: Mapping[int, tuple[Phrase, ...]]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Groups that have to be found together. ``negated``: they have to stand in a negation."""

    groups: tuple[Group, ...]
    negated: bool
    source: tuple[str, ...]


@dataclass
class Vocabulary:
    """Every word that the terms of one exercise use, numbered; remembers what it looked up."""

    numbers: dict[tuple[str, bool], int] = field(default_factory=dict)
    remembered: dict[str, frozenset[int]] = field(default_factory=dict)
    groups: dict[tuple[Phrase, ...], Group] = field(default_factory=dict)
    _by_letter: dict[str, list[tuple[str, bool, int]]] = field(default_factory=dict)

    def number_of(self, word: str, *, open_ended: bool) -> int:
        key = (word, open_ended)
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers)
            self._by_letter.setdefault(word[0], []).append((word, open_ended, self.numbers[key]))
        return self.numbers[key]

    def matching(self, token: Token) -> frozenset[int]:
        """The numbers of the term words that this token is."""
        key = token.word if token.word == token.raw else f"{token.word} {token.raw}"
        found = self.remembered.get(key)
        if found is None:
            if len(self.remembered) >= _MOST_REMEMBERED:
                self.remembered.clear()
            found = self.remembered[key] = self._looked_up(token)
        return found

    def _looked_up(self, token: Token) -> frozenset[int]:
        word = token.word
        found = {at for term, is_open, at in self._near(token) if _is(term, word, is_open)}
        if not found and word.isalpha():
            found = {at for term, _, at in self._by_letter.get(word[0], ()) if mistyped(term, word)}
        return frozenset(found)

    def _near(self, token: Token) -> Iterable[tuple[str, bool, int]]:
        letters = {token.word[0]} | {form[0] for form in _other_forms(token.word)}
        if token.word in _NONE_OF:
            letters.add("n")
        for letter in letters:
            yield from self._by_letter.get(letter, ())


def _other_forms(word: str) -> tuple[str, ...]:
    return ("be", "go", "give", "keep", "write", "do") if word[0] in "abdgkwhi" else ()


def _is(term: str, word: str, open_ended: bool) -> bool:
    if open_ended and term == "no":
        return word in _NONE_OF
    return matches(term, word, open_ended=open_ended) or doubled(term, word)


def compiled(
    say: Sequence[Sequence[str]], vocabulary: Vocabulary, *, negated: bool = False
) -> tuple[Alternative, ...]:
    """The alternatives of one option. Raises TermError."""
    return tuple(_alternative(groups, vocabulary, negated) for groups in say)


def _alternative(groups: Sequence[str], vocabulary: Vocabulary, negated: bool) -> Alternative:
    if not groups:
        raise TermError("an alternative has no group")
    kept = [group for group in groups if not _is_negation(group)]
    if not kept:
        raise TermError("a negation needs another group: what is negated?")
    return Alternative(
        groups=tuple(_group(group, vocabulary) for group in kept),
        negated=negated or len(kept) < len(groups),
        source=tuple(groups),
    )


def _is_negation(group: str) -> bool:
    """Whether a group asks for a negation and nothing else: ``NOT`` or "not|n't|without"."""
    terms = [term.strip() for term in group.split("|")]
    return all(term == NOT or spelled(term.lower()) in NEGATORS for term in terms)


def _group(group: str, vocabulary: Vocabulary) -> Group:
    phrases = tuple(dict.fromkeys(_phrase(term, vocabulary) for term in terms_of(group)))
    if phrases not in vocabulary.groups:
        by_first: dict[int, list[Phrase]] = {}
        for phrase in phrases:
            by_first.setdefault(phrase[0], []).append(phrase)
        found = {first: tuple(each) for first, each in by_first.items()}
        vocabulary.groups[phrases] = Group(by_first=found)
    return vocabulary.groups[phrases]


def terms_of(group: str, *, inside: tuple[str, ...] = ()) -> list[str]:
    """The terms of a group, shared lists opened. Raises TermError."""
    found: list[str] = []
    for term in (part.strip() for part in group.split("|")):
        if not term:
            raise TermError(f"“{group}” has an empty term")
        if term.isupper() and len(term) > 2 and term.replace("_", "").isalpha():
            found += _opened(term, inside)
        else:
            found.append(term)
    return found


def _opened(name: str, inside: tuple[str, ...], lists: Mapping[str, str] = MACROS) -> list[str]:
    if name not in lists:
        raise TermError(f"there is no shared list {name}; a term is written in small letters")
    return terms_of(lists[name], inside=(*inside, name))


def _phrase(term: str, vocabulary: Vocabulary) -> Phrase:
    numbers: list[int] = []
    for piece in term.rstrip("*").split("..."):
        numbers += [WIDE_GAP, *_words(piece, vocabulary, open_ended=term.endswith("*"))]
    return tuple(numbers[1:])


def _words(piece: str, vocabulary: Vocabulary, *, open_ended: bool) -> list[int]:
    tokens = [part for part in parts_of(read(piece.strip()).text) if isinstance(part, Token)]
    if not tokens:
        raise TermError(f"“{piece}” holds no word")
    last = len(tokens) - 1
    return [
        vocabulary.number_of(
            token.word,
            open_ended=(open_ended and at == last) or (at == 0 < last and token.word == "no"),
        )
        for at, token in enumerate(tokens)
    ]
