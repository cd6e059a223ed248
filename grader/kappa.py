"""How far two readers agree beyond chance: Cohen's kappa (Cohen 1960). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """From -1 to 1, over what both said of the same things. 1 where nothing is left to chance.

    Raises ValueError without a pair.
    """
    if not pairs:
        raise ValueError("Nothing was read by both.")
    total = len(pairs)
    observed = sum(left == right for left, right in pairs) / total
    lefts, rights = Counter(left for left, _ in pairs), Counter(right for _, right in pairs)
    expected = sum(lefts[name] * rights[name] for name in lefts) / total**2
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)
