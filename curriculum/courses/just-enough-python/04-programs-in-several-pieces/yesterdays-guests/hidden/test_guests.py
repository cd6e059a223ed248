from solution import check_in


def test_first_guest_of_a_day():
    assert check_in("Ana") == ["Ana"]


def test_a_second_day_starts_empty():
    check_in("Omar")
    assert check_in("Yuki") == ["Yuki"]


def test_three_days_in_a_row():
    assert [check_in("Lea"), check_in("Tom"), check_in("Ivo")] == [["Lea"], ["Tom"], ["Ivo"]]


def test_a_guest_comes_behind_the_others():
    assert check_in("Bo", ["Ana"]) == ["Ana", "Bo"]


def test_an_empty_list_is_a_list():
    assert check_in("Mia", []) == ["Mia"]


def test_the_callers_list_stays():
    morning = ["Ana", "Kim"]
    check_in("Zoe", morning)
    assert morning == ["Ana", "Kim"]
