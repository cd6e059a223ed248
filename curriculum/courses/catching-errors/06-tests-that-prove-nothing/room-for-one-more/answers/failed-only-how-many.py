from slots import slots


def test_how_many():
    assert len(slots(480, 540, 20)) == 3
    assert 500 not in slots(480, 540, 20, [500])
