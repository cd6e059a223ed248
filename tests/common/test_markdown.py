"""Markdown is shown, never obeyed."""

from __future__ import annotations

import pytest

from countersign.common.markdown import render

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg/onload=alert(1)>",
    '<p style="position:fixed">x</p>',
    "```python\n</code></pre><script>alert(1)</script>\n```",
    "```<script>\nx\n```",
    "[x](vbscript:msgbox)",
    "<iframe src='//example.org'></iframe>",
    "&#x3C;script&#x3E;alert(1)",
]


@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_in_a_text_runs(source: str) -> None:
    html = str(render(source)).lower()
    assert "<script" not in html
    assert "<iframe" not in html
    assert "<svg" not in html
    assert "<img src=x" not in html
    assert 'href="javascript' not in html
    assert 'src="javascript' not in html
    assert "style=" not in html.replace("&", "") or "&lt;p style=" in html


def test_code_is_coloured_with_classes() -> None:
    html = str(render("```python\ndef f():\n    return 1\n```"))
    assert '<span class="k">def</span>' in html


def test_a_language_nobody_knows_is_shown_plain() -> None:
    assert "x = 1" in str(render("```klingon\nx = 1\n```"))
