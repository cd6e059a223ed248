from late_fees import late_fee


def test_middle():
    assert late_fee(4) == 100
    assert late_fee(4, member=True) == 50
