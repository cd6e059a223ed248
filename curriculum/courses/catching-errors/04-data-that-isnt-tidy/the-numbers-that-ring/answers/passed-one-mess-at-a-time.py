assert tidy_number("0113-4960102") == "01134960102"
assert tidy_number("(0113)4960102") == "01134960102"
assert tidy_number("+44 113 4960102") == "+441134960102"
assert tidy_number("  0044 113 4960102") == "+441134960102"
assert tidy_number("123456") == "123456"
assert tidy_number("12345") is None
