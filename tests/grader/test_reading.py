"""How hard a text is to read."""

from __future__ import annotations

from grader.checks.reading import images_without_words, long_sentences, reading_age, sentences

EASY = "The cat sat on the mat. It saw a dog. The dog ran off. " * 5
HARD = (
    "Notwithstanding considerable organisational heterogeneity, practitioners consistently "
    "operationalise interdisciplinary accountability frameworks, methodologically characterising "
    "institutional prerequisites alongside administrative responsibilities. "
) * 3


def test_code_tables_and_headings_are_not_run_together() -> None:
    code = "```python\nfor x in y: pass. Or not.\n```"
    text = f"# A title\n\nOne. Two!\n\n{code}\n\n| a | b |\n\n- Three\n- `f(x).y`\n"

    assert [each.text for each in sentences(text)] == ["A title", "One.", "Two!", "Three", "code"]


def test_a_long_sentence_is_found_with_its_line() -> None:
    text = "Short one.\n\n" + "word " * 31 + ".\n"

    (found,) = long_sentences(text)

    assert found.line == 3


def test_hard_words_read_older_than_easy_ones() -> None:
    easy, hard = reading_age(EASY), reading_age(HARD)

    assert easy is not None
    assert hard is not None
    assert easy < 10 < 20 < hard


def test_a_short_text_has_no_age() -> None:
    assert reading_age("Write two functions.") is None


def test_an_image_needs_words() -> None:
    assert images_without_words("![A drill](a.svg)\n\n![ ](b.svg)\n") == [3]
