def test_plain():
    assert cents_of("12") == 1200
