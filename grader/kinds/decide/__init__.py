"""Kind ``decide``: an analysis is held against its data and turned into a decision."""
