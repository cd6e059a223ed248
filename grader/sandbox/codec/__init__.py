"""Values as tagged JSON: the only form in which they cross between processes.

Exact built-in types and a short list of standard-library types travel as values. Everything else
is described in words and never equals anything. Nothing here calls a method that a learner could
have written, builds a dictionary from a learner's keys, or grows without a cap.

The wire form is plain JSON: ``None``, ``bool``, ``int`` below 2**53, finite ``float``, ``str``
without surrogates and ``list`` stand for themselves; all else is an object with one key, its tag:
``{"tuple": [1, 2]}``, ``{"dict": [["a", 1]]}``, ``{"Decimal": "1.50"}``, ``{"opaque": "Point"}``.
"""

from grader.sandbox.codec.caps import MAX_DEPTH, MAX_FRAME, MAX_NODES, Unencodable, Unreadable
from grader.sandbox.codec.check import check
from grader.sandbox.codec.likeness import same
from grader.sandbox.codec.read import decode
from grader.sandbox.codec.words import show
from grader.sandbox.codec.write import CHANGEABLE, describe, encode

__all__ = [
    "CHANGEABLE",
    "MAX_DEPTH",
    "MAX_FRAME",
    "MAX_NODES",
    "Unencodable",
    "Unreadable",
    "check",
    "decode",
    "describe",
    "encode",
    "same",
    "show",
]
