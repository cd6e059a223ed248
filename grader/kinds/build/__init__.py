"""A small program, built in turns with a model: ask, read the change, check, accept or undo."""
