"""A text as units: what is said together, with conditions beside what follows from them.

A sentence falls into clauses; a condition ("if the list is empty") and its consequence ("return 0")
make one unit, and what comes after "otherwise" makes another in which the condition is turned
round. A term group is looked for inside one unit only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from grader.practice.tokens import Mark, Part, Token
from grader.practice.wordlists import words_in

OPENERS = words_in("if when whenever unless suppose assuming provided incase")
_ELSE = words_in("otherwise else elsewise")
_RESUMING = words_in("then otherwise else")
_ENDING_CLAUSE = words_in(
    "but then otherwise else so because although though however whereas while yet if when "
    "whenever unless suppose assuming provided"
)
_CONSEQUENCES = words_in(
    "return give output print raise throw show display use set make charge answer produce send "
    "keep leave it they you just simply should must the"
)
_VERBS = words_in(
    "return give output print raise throw show display use set make charge answer produce send "
    "keep leave round sort order remove delete drop ignore skip count add sum multiply divide "
    "subtract convert change calculate compute work find get take put start stop check write "
    "create include exclude treat turn replace join split strip trim limit cap do don't not never "
    "it they you i we if when also just then should must the_function"
)
_BEFORE_INFINITIVE = words_in(
    "to should must will would can could shall may might not never and or please just always also "
    "do it that which function program code i you we they then simply only ever will instead "
    "without"
)
_LEADING = words_in("but and except or only even as")
_BEFORE_ELSE = words_in(
    "everything anything nothing something everyone anyone everybody anybody nobody what who all"
)
_GIVING = words_in("return give raise throw print output")
_WEAK_CONSEQUENCES = words_in("it they you the should must just simply make set show")
_CONDITION_VERBS = words_in(
    "is are be has have contains equal was were contain empty exceeds happens > < >= <="
)
_UNFINISHED = words_in(
    "is are be was were of in on than or and if when the a an has have with for by at to not no "
    "equal from that there only more less all any after before as"
)
_BEFORE_NOUN = words_in("the a an of in with no any to for")
_POINTING_BACK = words_in("these those such they")
_LONG_LINE = 50


@dataclass(frozen=True, kw_only=True)
class Clause:
    """Tokens that belong together most closely. ``conditional``: begun by if, when, unless."""

    tokens: tuple[Token, ...]
    opener: str = ""
    after: str = ""  # the sign or word before it: ",", "and", "but", …
    deep: bool = False  # stands in brackets

    @property
    def conditional(self) -> bool:
        return bool(self.opener)


@dataclass(frozen=True, kw_only=True)
class Unit:
    """Clauses that are read together. ``turned`` are the positions of clauses whose sense is
    turned round by words that stand elsewhere: unless, otherwise."""

    clauses: tuple[Clause, ...]
    turned: frozenset[int] = field(default_factory=frozenset)


def units_of(parts: list[Part], text: str) -> list[Unit]:
    """The units of a text, in order."""
    found: list[Unit] = []
    for sentence in _sentences(parts, text):
        found += _units(list(_clauses(sentence)))
    return found


def _sentences(parts: list[Part], text: str) -> Iterator[list[Part]]:
    """Sentences and lines. A heading that ends with a colon is put before each bullet below it;
    a sentence that begins with "then" goes on with the one before."""
    heading: list[Part] = []
    current: list[Part] = []
    held: list[Part] = []
    for at, part in enumerate(parts):
        ends = isinstance(part, Mark) and _ends_sentence(part, parts, at, text)
        if not ends:
            current.append(part)
            continue
        colon = bool(current) and isinstance(current[-1], Mark) and current[-1].sign == ":"
        sign = part.sign if isinstance(part, Mark) else ""
        if colon and sign in ("newline", "bullet"):
            if held:
                yield held
            held, heading, current = [], current, []
            continue
        held, done = _joined(held, heading, current)
        if done:
            yield done
        if sign == "newline" and _is_blank(part, text):
            heading = []
        current = []
    held, done = _joined(held, heading, current)
    if done:
        yield done
    if held:
        yield held


def _is_blank(part: Part, text: str) -> bool:
    return text[part.start : part.end].count("\n") > 1


def _joined(
    held: list[Part], heading: list[Part], current: list[Part]
) -> tuple[list[Part], list[Part]]:
    """What waits for the next sentence, and what is complete."""
    if not any(isinstance(part, Token) for part in current):
        return held, []
    if held and _resumes(current):
        return [*held, Mark(",", current[0].start, current[0].start), *current], []
    return [*heading, *current], held


def _resumes(sentence: list[Part]) -> bool:
    words = [part.word for part in sentence if isinstance(part, Token)][:4]
    if not words:
        return False
    if words[0] in _RESUMING or words[0] in _POINTING_BACK:
        return True
    return words[:3] in (
        ["in", "that", "case"],
        ["in", "this", "case"],
        ["in", "which", "case"],
    ) or (words[:2] in (["if", "so"], ["if", "not"]) or words[:3] == ["if", "that", "happens"])


def _ends_sentence(mark: Mark, parts: list[Part], at: int, text: str) -> bool:
    if mark.sign in (".", "bullet"):
        return True
    if mark.sign != "newline":
        return False
    return not _wraps(mark, text)


def _wraps(mark: Mark, text: str) -> bool:
    """Whether a line only ends because it was long: it goes on in lower case, without a stop."""
    if _is_blank(mark, text):
        return False
    begin = text.rfind("\n", 0, mark.start) + 1
    return mark.start - begin >= _LONG_LINE and text[mark.start - 1 : mark.start] not in ".!?:;"


def _clauses(sentence: list[Part]) -> Iterator[Clause]:
    """The clauses of one sentence."""
    tokens: list[Token] = []
    opener = after = ""
    depth = 0
    for at, part in enumerate(sentence):
        begins = _begins_clause(sentence, at, tokens, opener)
        if begins is not None:
            if tokens:
                yield Clause(tokens=tuple(tokens), opener=opener, after=after, deep=depth > 0)
                tokens, opener = [], ""
            after = begins
        if isinstance(part, Mark):
            depth += (part.sign == "(") - (part.sign == ")")
            continue
        if part.word in OPENERS and not part.quoted and not opener and _opens(tokens):
            opener = part.word
        tokens.append(part)
    if tokens:
        yield Clause(tokens=tuple(tokens), opener=opener, after=after, deep=depth > 0)


def _opens(tokens: list[Token]) -> bool:
    return all(
        token.word in ("and", "but", "or", "also", "so", "then", "except") for token in tokens
    )


def _begins_clause(sentence: list[Part], at: int, tokens: list[Token], opener: str) -> str | None:
    """What begins a new clause here, if one begins: the sign, the word, or "consequence"."""
    part = sentence[at]
    if isinstance(part, Mark):
        return part.sign
    if not tokens or part.quoted or _is_in_which_case_of(tokens):
        return None
    if part.word in _ENDING_CLAUSE:
        following = sentence[at + 1] if at + 1 < len(sentence) else None
        return None if _is_held_back(part, tokens, following) else part.word
    if part.word in ("and", "or") and _is_verb_next(sentence, at):
        return part.word
    if _is_consequence(part, tokens, opener):
        return "consequence"
    return None


def _is_in_which_case_of(tokens: list[Token]) -> bool:
    return len(tokens) == 3 and tokens[0].word == "in" and tokens[2].word == "case"


def _is_held_back(part: Token, tokens: list[Token], following: Part | None) -> bool:
    """Whether an ending word goes with its neighbour: "and then", "but if", "so that"."""
    before = tokens[-1].word
    if part.word == "else" and before in _BEFORE_ELSE:
        return True
    if part.word == "so" and isinstance(following, Token) and following.word == "that":
        return True
    if part.word in ("so", "then", "while") and before in ("and", "but"):
        return True
    return len(tokens) == 1 and before in _LEADING


def _is_consequence(part: Token, tokens: list[Token], opener: str) -> bool:
    if opener:
        return part.word in _CONSEQUENCES and _follows_condition(tokens, part)
    if part.word not in _GIVING:
        return False
    return tokens[-1].word not in _BEFORE_INFINITIVE and len(tokens) >= 2


def _follows_condition(tokens: list[Token], part: Token) -> bool:
    """Whether the consequence begins here without a comma: "if it is empty return 0"."""
    before = tokens[-1].word
    if len(tokens) < 3 or before in _BEFORE_INFINITIVE:
        return False
    if part.word in _WEAK_CONSEQUENCES:
        has_verb = any(token.word in _CONDITION_VERBS for token in tokens)
        return has_verb and before not in _UNFINISHED and len(tokens) >= 4
    return before not in _BEFORE_NOUN


def _is_verb_next(sentence: list[Part], at: int) -> bool:
    following = sentence[at + 1] if at + 1 < len(sentence) else None
    return isinstance(following, Token) and following.word in _VERBS


def _units(clauses: list[Clause]) -> Iterator[Unit]:
    """Clauses of one sentence, put together."""
    current: list[Clause] = []
    last_condition: tuple[Clause, ...] = ()
    for clause in clauses:
        if _is_else(clause) and (_conditions(current) or last_condition):
            if current:
                yield _unit(current)
                last_condition = _conditions(current) or last_condition
            yield from _else_unit(clause, last_condition)
            current = []
            continue
        if _is_in_which_case(clause) and _conditions(current):
            condition = _conditions(current)
            yield _unit(current)
            current = [*(replace(each, opener="if") for each in condition), clause]
            continue
        if current and not _goes_on(current, clause):
            yield _unit(current)
            last_condition = _conditions(current) or last_condition
            current = []
        current.append(clause)
    if current:
        yield _unit(current)


def _conditions(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    return tuple(clause for clause in clauses if clause.conditional)


def _goes_on(current: list[Clause], clause: Clause) -> bool:
    """Whether a clause belongs to the unit so far."""
    if clause.deep or current[-1].deep or clause.tokens[0].word in _POINTING_BACK:
        return True
    has_condition = any(each.conditional for each in current)
    ends_in_condition = current[-1].conditional
    if clause.conditional:
        if ends_in_condition:
            return clause.after in ("and", "or", ",")
        return not has_condition and clause.after not in (",", "and", "but", "dash", "or", "so")
    if not has_condition:
        return True
    if ends_in_condition:
        return all(each.conditional for each in current)
    return clause.after in ("and", "or", ":", "dash")


def _is_else(clause: Clause) -> bool:
    words = [token.word for token in clause.tokens[:3]]
    while words and words[0] in ("and", "but", "or"):
        words.pop(0)
    return bool(words) and words[0] in _ELSE and words[:2] != ["or", "else"]


def _is_in_which_case(clause: Clause) -> bool:
    words = [token.word for token in clause.tokens[:3]]
    return words[:1] == ["then"] or (
        len(words) == 3
        and words[0] == "in"
        and words[1] in ("which", "that", "this")
        and words[2] == "case"
    )


def _else_unit(clause: Clause, condition: tuple[Clause, ...]) -> Iterator[Unit]:
    unless = any(each.opener == "unless" for each in condition)
    turned = frozenset() if unless else frozenset(range(len(condition)))
    plain = tuple(replace(each, opener="if") for each in condition)
    yield Unit(clauses=(*plain, clause), turned=turned)


def _unit(clauses: list[Clause]) -> Unit:
    turned = frozenset(at for at, each in enumerate(clauses) if each.opener == "unless")
    return Unit(clauses=tuple(clauses), turned=turned)
