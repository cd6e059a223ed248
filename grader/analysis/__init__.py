"""The static layer: what can be said of a learner's code without running it.

Pure functions from source to keys with a line and parameters. Nothing here says anything to a
learner: the texts for the keys are the coach's (docs/comment-keys.md).
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from itertools import islice

from grader.analysis import calls, conditions, functions, loops, names
from grader.analysis.source import MOST_NODES, Analyse, Example, Source
from grader.verdict import Remark

MOST_REMARKS = 40
MOST_OF_A_KEY = 5

ANALYSERS: Mapping[str, Analyse] = {
    "always_true_condition": conditions.always_true_condition,
    "assigned_to_itself": names.assigned_to_itself,
    "bare_except": calls.bare_except,
    "broad_except": calls.broad_except,
    "changes_while_iterating": loops.changes_while_iterating,
    "compares_with_none": conditions.compares_with_none,
    "compares_with_true": conditions.compares_with_true,
    "deep_nesting": functions.deep_nesting,
    "empty_branch": conditions.empty_branch,
    "float_money": calls.float_money,
    "forgotten_call": calls.forgotten_call,
    "global_state": names.global_state,
    "hard_coded_examples": functions.hard_coded_examples,
    "identity_with_literal": conditions.identity_with_literal,
    "index_loop": loops.index_loop,
    "input_as_number": calls.input_as_number,
    "long_function": functions.long_function,
    "loop_never_ends": loops.loop_never_ends,
    "lost_attribute": names.lost_attribute,
    "missing_return": functions.missing_return,
    "missing_self": functions.missing_self,
    "mutable_default": functions.mutable_default,
    "off_by_one_range": loops.off_by_one_range,
    "overwritten_parameter": functions.overwritten_parameter,
    "print_instead_of_return": functions.print_instead_of_return,
    "redefined_function": names.redefined_function,
    "redundant_boolean": conditions.redundant_boolean,
    "result_of_change": names.result_of_change,
    "returns_in_loop": loops.returns_in_loop,
    "runs_text_as_code": calls.runs_text_as_code,
    "secret_in_code": calls.secret_in_code,
    "shadowed_builtin": names.shadowed_builtin,
    "swallowed_exception": calls.swallowed_exception,
    "unclosed_file": calls.unclosed_file,
    "unraised_exception": calls.unraised_exception,
    "unreachable_code": functions.unreachable_code,
    "unused_import": names.unused_import,
    "unused_parameter": functions.unused_parameter,
    "unused_result": calls.unused_result,
    "unused_variable": names.unused_variable,
}
"""Each key and what finds it. To add a key: write its function, name it here and in
docs/comment-keys.md, and give it a text where the coach keeps its texts."""


def remarks(
    trees: Mapping[str, ast.Module], *, examples: Sequence[Example] = ()
) -> tuple[Remark, ...]:
    """What there is to say of these files, in order of file and line; at most five of a key."""
    sources = (
        Source(file=file, tree=tree, examples=tuple(examples)) for file, tree in trees.items()
    )
    found = [
        remark
        for source in sources
        if len(source.nodes) <= MOST_NODES
        for remark in _of_file(source)
    ]
    return tuple(sorted(found, key=lambda each: (each.file, each.line, each.key))[:MOST_REMARKS])


def _of_file(source: Source) -> list[Remark]:
    try:
        return [
            remark
            for analyse in ANALYSERS.values()
            for remark in islice(analyse(source), MOST_OF_A_KEY)
        ]
    except RecursionError:  # nested deeper than anyone would read
        return []


__all__ = ["ANALYSERS", "Example", "Remark", "Source", "remarks"]
