"""Replies as models really write them, and the code that is in them."""

from __future__ import annotations

import ast

import pytest

from grader.kinds.unwrapping import unwrapped

SIGNATURE = "total(items, tax)"
CODE = "def total(items, tax):\n    return round(sum(items) * (1 + tax), 2)\n"
BODY = "return round(sum(items) * (1 + tax), 2)"


def result(reply: str) -> object:
    """What the unwrapped function gives for one call."""
    found = unwrapped(reply, signature=SIGNATURE)
    assert found.problem == "", (found, reply)
    ast.parse(found.code)
    space: dict[str, object] = {}
    exec(found.code, space)
    function = space["total"]
    assert callable(function)
    return function([1, 2], 0.5)


WRAPPED = {
    "bare": CODE,
    "bare with an empty line before and after": f"\n\n{CODE}\n\n",
    "fence": f"```python\n{CODE}```",
    "fence in capitals": f"```Python\n{CODE}```",
    "fence py": f"```py\n{CODE}```",
    "fence without a language": f"```\n{CODE}```",
    "fence of tildes": f"~~~python\n{CODE}~~~",
    "four ticks": f"````python\n{CODE}````",
    "fence with a title": f'```python title="total.py"\n{CODE}```',
    "unclosed fence": f"```python\n{CODE}",
    "prose around": f"Sure! Here is the function:\n\n```python\n{CODE}```\n\nIt sums the items.",
    "prose without a fence": f"Here is the function:\n\n{CODE}\nThis function adds the tax.",
    "prose right before": f"Here you go:\n{CODE}Hope this helps!",
    "windows line ends": f"```python\r\n{CODE}```".replace("\n", "\r\n"),
    "fence in a list": "1. First:\n\n   ```python\n"
    + "".join(f"   {line}\n" for line in CODE.splitlines())
    + "   ```\n2. Done.",
    "fence in a quote": "> ```python\n"
    + "".join(f"> {line}\n" for line in CODE.splitlines())
    + "> ```",
    "usage in a second block": f"```python\n{CODE}```\nUsage:\n```python\n"
    f"print(total([1], 0))\n```",
    "shell in a first block": f"```bash\npip install x\n```\n```python\n{CODE}```",
    "a corrected second block": "```python\ndef total(items, tax):\n    return 0\n```\n"
    f"Wait, that is a mistake. The corrected version:\n```python\n{CODE}```",
    "an alternative second block": f"```python\n{CODE}```\nOr in another style:\n"
    "```python\ndef total(items, tax):\n    return None\n```",
    "helper in another block": "First a helper:\n```python\ndef rounded(x):\n"
    "    return round(x, 2)\n"
    "```\nThen:\n```python\ndef total(items, tax):\n"
    "    return rounded(sum(items) * (1 + tax))\n```",
    "import in another block": "```python\nfrom functools import reduce\n```\nand\n```python\n"
    "def total(items, tax):\n"
    "    return round(reduce(lambda a, b: a + b, items) * (1 + tax), 2)\n```",
    "thoughts before": f"<think>\nThe user wants a sum.\n</think>\n\n```python\n{CODE}```",
    "code in the thoughts": "<think>\n```python\ndef total(items, tax):\n    return 0\n```\n"
    "</think>\n"
    f"```python\n{CODE}```",
    "thoughts without a beginning": f"I should add them.\n</think>\n{CODE}",
    "thinking tag": f"<thinking>hm</thinking>\n{CODE}",
    "body alone": BODY,
    "body of several lines": "t = sum(items)\nt = t * (1 + tax)\nreturn round(t, 2)",
    "indented body": "    t = sum(items)\n    return round(t * (1 + tax), 2)",
    "body with its first line out": "t = sum(items)\n    return round(t * (1 + tax), 2)",
    "body in a fence": f"```python\n    {BODY}\n```",
    "body with a docstring": f'    """Add up."""\n    {BODY}',
    "body with a condition": f"    if not items:\n        return 0\n    {BODY}",
    "whole program with tests": f"{CODE}\nassert total([1], 0) == 99\nprint(total([2], 0))\n",
    "whole program with main": f"{CODE}\nif __name__ == '__main__':\n"
    f"    print(total([1], input()))\n",
    "program that asks": f"tax_rate = float(input())\n{CODE}print(total([1], tax_rate))\n",
    "program with an example": f"{CODE}\nitems = [3]\nresult = total(items, 0.1)\nprint(result)\n",
    "imports before": f"import math\nfrom typing import List\n\n{CODE}",
    "types": f"def total(items: list[float], tax: float) -> float:\n    {BODY}",
    "decorated": f"from functools import lru_cache\n\n{CODE}",
    "lambda": "total = lambda items, tax: round(sum(items) * (1 + tax), 2)",
    "lambda in a fence": "```python\n"
    "total = lambda items, tax: round(sum(items) * (1 + tax), 2)\n```",
    "another name": CODE.replace("total", "calculate_total"),
    "a class around": "class Solution:\n    def total(self, items, tax):\n"
    "        return round(sum(items) * (1 + tax), 2)\n",
    "a static method": "class Solution:\n    @staticmethod\n    def total(items, tax):\n"
    "        return round(sum(items) * (1 + tax), 2)\n",
    "doctest input": ">>> def total(items, tax):\n...     return round(sum(items) * (1 + tax), 2)\n"
    "...\n>>> total([1], 0)\n1\n",
    "doctest in the docstring": 'def total(items, tax):\n    """Add.\n\n'
    "    >>> total([1], 0)\n    1\n"
    f'    """\n    {BODY}\n',
    "line numbers": "1  def total(items, tax):\n2      return round(sum(items) * (1 + tax), 2)",
    "numbered with bars": f"1 | def total(items, tax):\n2 |     {BODY}",
    "tabs": f"def total(items, tax):\n\t{BODY}\n",
    "all indented": f"    def total(items, tax):\n        {BODY}\n",
    "first line alone at the margin": f"def total(items, tax):\n        {BODY}\n",
    "no indentation": f"def total(items, tax):\n{BODY}\n",
    "entities": CODE.replace("sum(items)", "sum(x for x in items if x &gt; 0)"),
    "curly quotes": f"def total(items, tax):\n    name = “tax”\n    {BODY}\n",
    "spaces that break no line": CODE.replace("    return", "\u00a0\u00a0\u00a0\u00a0return"),
    "zero width spaces": CODE.replace("def", "\u200bdef"),
    "json": '{"code": "def total(items, tax):\\n    return round(sum(items) * (1 + tax), 2)\\n"}',
    "json in a fence": '```json\n{"function": "def total(items, tax):\\n    return '
    'round(sum(items) * (1 + tax), 2)"}\n```',
    "tagged": f"<code>\n{CODE}</code>",
    "answer tag": f"<answer>\n{CODE}</answer>",
    "inline code": f"Use `def total(items, tax): {BODY}` for this.",
    "markdown list": f"- def total(items, tax):\n      {BODY}\n",
    "heading and bold": f"### Solution\n\n**Code**\n\n```python\n{CODE}```\n\n"
    f"**Explanation**\n- sums",
    "helper after": "def total(items, tax):\n    return _r(sum(items) * (1 + tax))\n\n\n"
    "def _r(x):\n    return round(x, 2)\n",
    "constant": "DIGITS = 2\n\ndef total(items, tax):\n"
    "    return round(sum(items) * (1 + tax), DIGITS)\n",
    "signature repeated in prose": f"You asked for total(items, tax).\n\n```python\n{CODE}```",
    "german prose": f"Hier ist die Funktion:\n```python\n{CODE}```\nViel Erfolg!",
    "semicolon ending prose": f"The code is below;\n{CODE}",
    "comment first": f"# adds up the items\n{CODE}",
    "docstring first": f'"""Totals."""\n\n{CODE}',
    "a sentence in a fence": f"```\nHere is the function:\n\n{CODE}```",
}


@pytest.mark.parametrize("reply", WRAPPED.values(), ids=WRAPPED.keys())
def test_code_is_found_in_a_reply(reply: str) -> None:
    assert result(reply) == 4.5


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        ("", "no_code"),
        ("You can add the items and multiply by the tax.", "no_code"),
        ("I'm sorry, but I can't help with that.", "declined"),
        ("I cannot write this function.", "declined"),
        ("As an AI language model I am unable to assist.", "declined"),
        ("<think>I will write it later", "no_code"),
        ("```python\ndef total(items, tax):\n    return round(sum(items) * (1 +\n", "unreadable"),
        ("def total(items, tax)\n    retrun 1", "unreadable"),
        ("```\nno code at all here\n```", "no_code"),
        ("print('hello')", "no_code"),
        ("```python\ndef helper(a, b, c):\n    return a\n```", "unreadable"),
    ],
)
def test_a_reply_without_code_says_why(reply: str, problem: str) -> None:
    assert unwrapped(reply, signature=SIGNATURE).problem == problem


def test_what_runs_at_the_top_of_a_program_is_left_out() -> None:
    reply = f"import sys\n\n{CODE}\nfor line in sys.stdin:\n    print(total([1], 0))\nsys.exit(1)\n"

    found = unwrapped(reply, signature=SIGNATURE)

    assert "exit" not in found.code
    assert "for line" not in found.code
    assert "import sys" in found.code


def test_the_code_that_a_learner_reads_is_the_models_own_text() -> None:
    reply = f"```python\n# sums first\n{CODE}```"

    assert unwrapped(reply, signature=SIGNATURE).code == f"# sums first\n{CODE}"


def test_a_huge_reply_is_no_burden() -> None:
    assert unwrapped("a ``` b\n" * 20_000, signature=SIGNATURE).problem == "no_code"
