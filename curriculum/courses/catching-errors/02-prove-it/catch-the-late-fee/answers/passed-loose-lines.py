assert late_fee(2) == 0
assert late_fee(3) == 50
assert late_fee(15) == 600
assert late_fee(3, True, 5) == 3
assert late_fee(0) == 0
