import pytest
from reports import newest, report_path, secret_link


def test_a_report():
    assert report_path("tenant-1", "Rent-May.PDF") == "tenant-1/Rent-May.PDF"


@pytest.mark.parametrize("name", ["../tenant-2/rent.pdf", "a/../../b.csv", "..\\x.pdf"])
def test_no_way_out(name):
    with pytest.raises(ValueError):
        report_path("tenant-1", name)


def test_endings():
    with pytest.raises(ValueError):
        report_path("tenant-1", "keys.txt")


def test_newest():
    assert newest([(1, "a"), (3, "c"), (2, "b")], 2) == [(3, "c"), (2, "b")]


def test_links_differ():
    links = {secret_link("rent.pdf", 7) for _ in range(5)}
    assert len(links) == 5
