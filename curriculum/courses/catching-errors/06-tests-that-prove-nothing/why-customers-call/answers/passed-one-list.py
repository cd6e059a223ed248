calls = ["Lost", " wet", "late", "WET", "", " "]
assert top_reasons(calls, 2) == [("wet", 2), ("late", 1)]
assert top_reasons(calls, 9) == [("wet", 2), ("late", 1), ("lost", 1)]
