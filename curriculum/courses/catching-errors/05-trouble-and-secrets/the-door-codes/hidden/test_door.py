from door import locked_out, log_line, may_enter


def ann(**changes):
    return {"Ann": {"code": "482913", "wrong": 0, "until": 600, **changes}}


def test_the_right_code():
    assert may_enter(ann(), "Ann", "482913", 600) is True
    assert may_enter(ann(), "Ann", "482913", 601) is False


def test_a_wrong_code():
    assert may_enter(ann(), "Ann", "482914", 10) is False
    assert may_enter(ann(wrong=3), "Ann", "482913", 10) is False
    assert may_enter(ann(wrong=2), "Ann", "482913", 10) is True


def test_no_code_opens_for_everybody():
    assert may_enter(ann(), "Ann", "731964", 10) is False


def test_strangers_stay_outside():
    assert may_enter(ann(), "Zed", "482913", 10) is False


def test_a_broken_entry_stays_outside():
    assert may_enter({"Ann": None}, "Ann", "482913", 10) is False


def test_the_log_knows_no_code():
    assert "482913" not in log_line(10, "Ann", "482913", True)
    assert log_line(10, "Ann", "1", False).endswith("refused")


def test_who_is_locked_out():
    assert locked_out({**ann(wrong=3), "Bo": {"wrong": 1}}) == ["Ann"]
