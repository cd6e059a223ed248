import mailer
from post import outcome, sent_by


def test_sent_once():
    assert mailer.NotSent
    assert outcome("ana@mail.example", 0) == 1


def test_tried_again():
    assert outcome("ana@mail.example", 2) == 1


def test_giving_up_is_an_error():
    assert outcome("ana@mail.example", 3) == "NotSent"


def test_other_errors_go_up():
    assert outcome("nobody", 0) == "ValueError"


def test_letters_that_were_not_sent():
    letters = [("a@mail.example", "x"), ("b@mail.example", "y")]
    assert sent_by(letters, busy=3) == (["a@mail.example"], ["b@mail.example"])
