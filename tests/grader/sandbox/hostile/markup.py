"""Programs whose words would hurt where they are shown or stored. Bodies of a function."""

from __future__ import annotations

MARKUP = {
    "a script element": "print('<script>alert(1)</script>')\nreturn '<img src=x onerror=alert(1)>'",
    "terminal escapes": "print('\\x1b[2J\\x1b]0;owned\\x07')\nreturn '\\x1b[31m'",
    "the other direction": "print('\\u202egnol')\nreturn '\\u202e\\u2066'",
    "a lone surrogate printed": (
        "import sys\nsys.stdout.buffer.write(b'\\xed\\xa0\\x80')\nreturn '\\ud800'"
    ),
    "two halves": "return '\\ud83d' + '\\ude00'",
    "nothing at all, in a text": "print('a\\x00b')\nreturn 'a\\x00b'",
    "bytes that are no text": (
        "import sys\nsys.stdout.buffer.write(bytes(range(256)))\nreturn b'\\xff'"
    ),
    "an exception of markup": "raise type('<b>x</b>', (Exception,), {})('<script>\\x00\\ud800')",
    "a class of markup": "return type('<b>\\x00\\ud800\\u202e', (), {})()",
    "a key of markup": "return {'</td>\\x00': {'\\ud800'}}",
    "a template's own braces": "print('{{ 7 * 7 }} {% debug %}')\nreturn '${7*7}'",
    "a formula": "print('=cmd|x')\nreturn '=HYPERLINK(\"http://x\")'",
    "zero width": "return 'pass\\u200bed\\ufeff'",
    "many combining marks": "return 'e' + '\\u0301' * 5000",
    "a line of a megabyte, within the limit": "print('x' * 60000)\nreturn 'x' * 200000",
    "a named tuple of markup": (
        "import collections\nreturn collections.namedtuple('P', ['a'], rename=True)('<i>')"
    ),
    "an enumeration of markup": "import enum\nreturn enum.Enum('E', {'<b>': '\\ud800'})['<b>']",
}
