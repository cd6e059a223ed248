"""From a learner's answer to the prompt that is judged, or why it isn't."""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.kinds.prompt.spec import GAP, LONGEST_PROMPT, PROMPT_FILE, PromptSpec
from grader.practice.recognise import Stated
from grader.practice.text import unseen, without_unseen
from grader.practice.wordlists import words_in
from grader.verdict import Problem

LONGEST_GAP = 200
FEWEST_BOILERPLATE_WORDS = 4
_SHINGLE = 6  # words
_MOST_BORROWED = 0.7  # of the prompt's shingles that stand in the brief
_WHOLE_BRIEF = 0.6  # of the brief's shingles that stand in the prompt
_STUFFED_FROM = 12  # words
_MOST_LINKING = 0.12

EMPTY = "There is no prompt yet. Say what the function is for and what it has to give back."
PASTED_CODE = (
    "Your prompt holds the body of a function. Describe what the code has to do, and leave writing "
    "it to the model."
)
BOILERPLATE = (
    "Your prompt asks for good code and doesn’t say what good means here. What does the person in "
    "the brief need?"
)
PASTED_BRIEF = (
    "This is the brief as it stands. It leaves things open that a model would have to guess. What "
    "has to be decided? Say it in your own words."
)
STUFFED = (
    "This is a list of words, and a model can’t tell what you want done with them. Write sentences "
    "that say what should happen."
)
NOT_GIVEN = "The prompt has to be put together from the sentences of this exercise."

_LINKING = words_in(
    "a an the to of in on at by for from with as is are be it its this that these those if when "
    "then else and or but not no do does should must will would can could may i you he she they "
    "we my your want need needs make makes give gives get gets return returns use uses so than "
    "into has have any each every all there which what how only just also don't doesn't where who "
    "up after before without out off please write count counts keep round sort"
)
_GENERIC = words_in(
    "write create make give me please a an the function code program script python that is are "
    "and of to for in with this it be should must will can you your i want need good great best "
    "perfect clean professional production quality ready robust efficient optimized optimised "
    "fast readable maintainable well tested documented commented bug free correct correctly "
    "correctness works work working handle handles handling all every any edge case cases error "
    "errors exception exceptions properly gracefully correct output input inputs outputs values "
    "value return returns right result results follow following best practice practices pep 8 "
    "pep8 senior expert engineer developer programmer world class as like act you're are high "
    "secure safe standards standard type hints docstring docstrings comments tests unit test "
    "think step by carefully make sure ensure do does everything needed required requirements "
    "necessary possible situation situations scenario scenarios unexpected invalid user friendly "
    "simple elegant modern state art enterprise grade so nothing goes wrong no mistakes bugs not "
    "fail never always complete full fully working"
)
_DEFINITION = re.compile(r"\s*(?:```\w*\s*)?(?:>>> )?(?:async )?def \w+\s*\(")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, kw_only=True)
class Given:
    """The prompt as it is judged. ``cleaned``: characters that nobody sees were left out."""

    text: str
    cleaned: bool = False


def prompt_of(exercise: Exercise, spec: PromptSpec, answer: Answer) -> Given | Problem:
    """The prompt that an answer holds, or the first thing that keeps it from being judged."""
    typed = _typed(spec, answer)
    if isinstance(typed, Problem):
        return typed
    text = without_unseen(typed).strip()
    refusal = _refusal(exercise, spec, text)
    return refusal or Given(text=text, cleaned=unseen(typed))


def _typed(spec: PromptSpec, answer: Answer) -> str | Problem:
    if spec.variant == "faded":
        return _filled(spec, answer)
    if spec.variant == "parsons":
        return _ordered(spec, answer)
    return answer.files.get(PROMPT_FILE, "")


def _filled(spec: PromptSpec, answer: Answer) -> str | Problem:
    """The faded prompt with its gaps filled in; an empty gap stays empty."""
    gaps = answer.fields.get("gaps")
    texts = {str(name): text for name, text in gaps.items()} if isinstance(gaps, dict) else {}
    if not any(isinstance(text, str) and text.strip() for text in texts.values()):
        return Problem(code="empty", message="All gaps are empty. Fill in what you decide.")
    if any(not isinstance(text, str) or len(text) > LONGEST_GAP for text in texts.values()):
        return Problem(
            code="too_large",
            message=f"A gap takes at most {LONGEST_GAP} characters. Say it shorter.",
        )
    return GAP.sub(lambda gap: " ".join(texts.get(gap[1], "").split()), spec.faded or "")


def _ordered(spec: PromptSpec, answer: Answer) -> str | Problem:
    """The chosen sentences in the learner's order."""
    sentences = spec.sentences or []
    order = answer.fields.get("order")
    if not isinstance(order, list) or not order:
        return Problem(code="empty", message="No sentence is chosen yet.")
    known = all(type(at) is int and 0 <= at < len(sentences) for at in order)
    if not known or len(set(order)) < len(order):
        return Problem(code="not_given", message=NOT_GIVEN)
    return "\n".join(sentences[at] for at in order)


def _refusal(exercise: Exercise, spec: PromptSpec, text: str) -> Problem | None:
    if not _WORD.search(text):
        return Problem(code="empty", message=EMPTY)
    if len(text) > LONGEST_PROMPT:
        return Problem(
            code="too_large",
            message=f"Your prompt has {len(text):,} characters, and {LONGEST_PROMPT:,} is the "
            "most. Which sentences decide nothing? Take them out.",
        )
    if holds_code(text):
        return Problem(code="pasted_code", message=PASTED_CODE)
    return None if spec.variant in ("faded", "parsons") else _undescribed(exercise, spec, text)


def _undescribed(exercise: Exercise, spec: PromptSpec, text: str) -> Problem | None:
    """What is no description of one's own."""
    if is_brief(text, exercise.brief):
        return Problem(code="pasted_brief", message=PASTED_BRIEF)
    if is_boilerplate(text, spec):
        return Problem(code="boilerplate", message=BOILERPLATE)
    return Problem(code="stuffed", message=STUFFED) if is_stuffed(text) else None


def holds_code(text: str) -> bool:
    """Whether a function with a body stands in the text, in Python that can be read."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if _DEFINITION.match(line) and _function_at(lines, at):
            return True
    return _statements(text) >= 3


def _function_at(lines: list[str], at: int) -> bool:
    head = re.sub(r"^\s*```\w*\s*|^\s*>>> ", "", lines[at]).strip()
    taken = [head]
    for line in lines[at + 1 :]:
        bare = re.sub(r"^\.\.\. ?", "", line)
        if bare.strip() and not bare.startswith((" ", "\t")):
            break
        taken.append(bare)
    for end in range(len(taken), 0, -1):
        try:
            tree = ast.parse("\n".join(taken[:end]))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        return any(_does_something(node) for node in ast.walk(tree))
    return False


def _does_something(node: ast.AST) -> bool:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    return any(
        not isinstance(part, ast.Pass)
        and not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))
        for part in node.body
    )


def _statements(text: str) -> int:
    """How many lines are Python statements that no sentence looks like."""
    found = 0
    for line in text.split("\n"):
        bare = line.strip().rstrip("`")
        if not re.match(
            r"(?:return|for|if|while|elif|else|import|from|\w+(?:\[.*\])?\s*[-+*/]?=)[\s:(\[]", bare
        ):
            continue
        code = f"{bare}\n    pass" if bare.endswith(":") else bare
        try:
            tree = ast.parse(code)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        found += not all(isinstance(node, ast.Expr) for node in tree.body)
    return found


def words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def is_brief(text: str, brief: str) -> bool:
    """Whether most of the text is the brief, and most of the brief is in it."""
    ours, theirs = _shingles(text), _shingles(brief)
    if not ours or not theirs:
        return False
    shared = len(ours & theirs)
    return shared / len(ours) >= _MOST_BORROWED and shared / len(theirs) >= _WHOLE_BRIEF


def _shingles(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + _SHINGLE]) for at in range(len(found) - _SHINGLE + 1)}


def is_boilerplate(text: str, spec: PromptSpec) -> bool:
    """Whether the text praises code that it doesn't describe: no word of it is about the task."""
    found = words(text)
    if len(found) < FEWEST_BOILERPLATE_WORDS:
        return False
    own = set(words(spec.signature.replace("_", " "))) | {spec.function.lower()}
    return all(word in _GENERIC or word in own or word.isdigit() for word in found)


def is_stuffed(text: str) -> bool:
    """Whether the text is words one after the other without anything that links them."""
    found = words(text)
    if len(found) < _STUFFED_FROM:
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    telling = len(re.findall(r"[.!?:;=>→-](?=\s|$)|->|=>|==|\d", text))
    if len(lines) > 2 or telling > len(found) / 6:
        lines_of_one = sum(len(words(line)) <= 2 for line in lines)
        if lines_of_one < len(lines) or telling:
            return False
    linking = sum(word in _LINKING for word in found)
    return linking / len(found) < _MOST_LINKING


def is_shotgun(stated: dict[str, Stated]) -> bool:
    """Whether at least two decisions, and half of them all, are asked for in several ways."""
    both = sum(each.contradictory for each in stated.values())
    return both >= 2 and 2 * both >= len(stated)


def is_elsewhere(text: str, exercise: Exercise, stated: dict[str, Stated]) -> bool:
    """Whether nothing is stated or half stated, and the words are of another task."""
    if any(each.says or each.denied for each in stated.values()):
        return False
    ours = Counter(word for word in words(text) if word not in _LINKING | _GENERIC)
    known = set(words(exercise.known_text.replace("_", " ")))
    shared = sum(count for word, count in ours.items() if word in known)
    return sum(ours.values()) >= 6 and shared / sum(ours.values()) < 0.25
