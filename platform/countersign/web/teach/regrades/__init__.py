"""Regrading much at once: choose, look, decide, undo."""
