"""The practice model: reads which decisions a prompt states and assembles code from them.

Rule-based, deterministic, and labelled as such on every result. No model files, no network, no
chance: the same words always give the same code.
"""

from __future__ import annotations

VERSION = 1
"""Goes up with every change that could read a prompt differently."""

ENGINE = f"practice@{VERSION}"
