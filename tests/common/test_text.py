"""What can be stored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersign.common.text import UnstorableText, clean_json, storable_json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=10,
)


def test_infinity_and_huge_numbers_are_refused() -> None:
    for value in (float("nan"), float("inf"), 2**63, [[float("-inf")]]):
        with pytest.raises(UnstorableText):
            storable_json(value)


def test_deep_nesting_is_refused() -> None:
    deep: object = 1
    for _ in range(30):
        deep = [deep]
    with pytest.raises(UnstorableText):
        storable_json(deep)


@given(JSON)
def test_cleaned_text_is_always_storable(value: object) -> None:
    def strings(part: object) -> list[str]:
        if isinstance(part, str):
            return [part]
        if isinstance(part, dict):
            return [text for pair in part.items() for each in pair for text in strings(each)]
        return [text for each in part for text in strings(each)] if isinstance(part, list) else []

    for text in strings(clean_json(value)):
        assert "\x00" not in text
        text.encode("utf-8")
