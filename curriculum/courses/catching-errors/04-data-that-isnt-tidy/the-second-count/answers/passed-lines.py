first = {"Rice ": 4, "peas": 7}
assert merged(first, {"rice": 0, " PEAS": None}) == {"rice": 0, "peas": 7}
assert first == {"Rice ": 4, "peas": 7}
