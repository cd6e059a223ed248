"""How items behave: all in one table, and one at a time."""
