"""Whatever bytes arrive, in frames or in an exercise's files, they are read or refused in words."""

from __future__ import annotations

import json
import struct
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.authored.problems import AuthorProblem, ExerciseError
from grader.bench import work
from grader.exercise import from_files
from grader.sandbox import frames
from grader.sandbox.codec import Unreadable, check, decode, encode, same, show
from grader.sandbox.supervise import answers
from grader.sandbox.supervise.child import Stopped

TAGS = (
    "int", "float", "str", "bytes", "bytearray", "Decimal", "date", "datetime", "time", "tuple",
    "set", "frozenset", "deque", "complex", "range", "Fraction", "timedelta", "dict", "Counter",
    "OrderedDict", "defaultdict", "namedtuple", "enum", "dataclass", "opaque", "handle", "raised",
    "value", "ended",
)  # fmt: skip
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
WIRE = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(TAGS) | st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=20,
)
CHUNKS = st.lists(st.binary(max_size=40), max_size=8)


def taken_from(chunks: list[bytes]) -> list[Any]:
    """All frames of what arrived, until something in it is refused."""
    inbox, found = frames.Inbox(), []
    try:
        for chunk in chunks:
            inbox.feed(chunk)
            while (frame := inbox.take()) is not None:
                found.append(frame[0])
    except Unreadable:
        pass
    return found


@given(CHUNKS)
def test_any_bytes_are_frames_or_refused(chunks: list[bytes]) -> None:
    found = taken_from(chunks)
    assert len(found) <= sum(map(len, chunks)) // 5


@given(st.binary(max_size=200))
def test_a_frame_of_any_bytes_is_read_or_refused(text: bytes) -> None:
    found = taken_from([struct.pack("<I", len(text)) + text])
    try:
        expected = [json.loads(text.decode("ascii"))]
    except (ValueError, RecursionError):
        expected = []
    assert repr(found) == repr(expected)


@settings(max_examples=50)
@given(st.lists(WIRE, max_size=3), st.integers(1, 7))
def test_frames_arrive_whole_however_they_were_cut(sent: list[Any], size: int) -> None:
    stream = b"".join(frames.packed(frame) for frame in sent)
    cut = [stream[at : at + size] for at in range(0, len(stream), size)]
    assert repr(taken_from(cut)) == repr(sent)


@given(st.integers(0, 2**32 - 1), st.binary(max_size=20))
def test_a_frame_that_says_it_is_too_large_is_refused_before_it_arrives(
    size: int, beginning: bytes
) -> None:
    inbox = frames.Inbox(limit=1000)
    inbox.feed(struct.pack("<I", size) + beginning)
    try:
        taken = inbox.take()
    except Unreadable:
        return
    assert size <= 1000
    assert taken is None or size <= len(beginning)


@settings(max_examples=300)
@given(WIRE)
def test_any_answer_of_a_program_is_well_formed_or_the_end_of_it(wire: Any) -> None:
    for frame in (wire, {"ended": "returned", "value": wire}, {"ended": "raised", "raised": wire}):
        try:
            answer = answers.read(frame)
        except Stopped:  # and with it the program
            continue
        assert len(show(answer.value)) <= 200
        same(answer.value, wire)


@settings(max_examples=300)
@given(WIRE)
def test_any_wire_is_checked_shown_and_decoded_without_harm(wire: Any) -> None:
    assert show(wire).isprintable()
    try:
        decode(check(wire))
    except Unreadable:
        return


@given(st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4), max_leaves=20))
def test_a_value_that_was_written_is_read_back(value: Any) -> None:
    wire = frames.unpacked(json.dumps(encode(value)).encode())
    assert same(encode(decode(check(wire))), wire)


@settings(max_examples=200)
@given(st.text() | st.binary().map(lambda text: text.decode("utf-8", "surrogateescape")))
def test_any_exercise_yaml_is_an_exercise_or_a_list_of_problems(text: str) -> None:
    assert all(str(problem) for problem in problems_of(text))


def problems_of(text: str) -> tuple[AuthorProblem, ...]:
    try:
        from_files({**work.by_cases().files, "exercise.yaml": text})
    except ExerciseError as error:
        return error.problems
    return ()


KEYS = (
    "uuid", "title", "kind", "variant", "cases", "suites", "requirements", "limits", "hints",
    "skills", "minutes",
)  # fmt: skip


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(KEYS), WIRE, max_size=6))
def test_any_value_of_a_known_key_is_taken_or_told_of(changed: dict[str, Any]) -> None:
    lines = [f"{key}: {json.dumps(value)}" for key, value in changed.items()]
    kept = [
        line
        for line in work.by_cases().files["exercise.yaml"].splitlines()
        if not line.startswith(tuple(changed)) and not (line.startswith(" ") and "cases" in changed)
    ]
    assert all(problem.line >= 0 for problem in problems_of("\n".join([*kept, *lines])))
