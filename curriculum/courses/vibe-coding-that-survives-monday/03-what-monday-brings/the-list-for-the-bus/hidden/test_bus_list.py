import json

import pytest
from bus_list import message, riders


def test_sorted_by_stop():
    text = '{"name": "Leo", "stop": "Pier"}\n{"name": "Rua", "stop": "Hill"}\n'
    body = json.loads(message(text)["body"])
    assert [each["name"] for each in body] == ["Rua", "Leo"]


def test_blank_lines_are_fine():
    assert riders('\n{"name": "Leo", "stop": "Pier"}\n  \n') == [{"name": "Leo", "stop": "Pier"}]


def test_a_line_that_cannot_be_read_stops_the_list():
    with pytest.raises(ValueError):
        riders('{"name": "Leo", "stop": "Pier"}\n{"name": "Rua" "stop": "Hill"}')


def test_only_name_and_stop_travel():
    text = '{"name": "Leo", "stop": "Pier", "phone": "1", "health": "nuts", "note": "shy"}'
    assert json.loads(message(text)["body"]) == [{"name": "Leo", "stop": "Pier"}]
