from duplicates import duplicates, read_members


def members(*emails):
    rows = [{"number": str(at), "name": "x", "email": e} for at, e in enumerate(emails, 1)]
    return read_members(rows)


def test_pairs():
    assert duplicates(members("a@b.c", " A@B.c", "x@y.z", "a@b.c")) == [(1, 2), (1, 4), (2, 4)]


def test_without_email():
    assert duplicates(members(None, "", "a@b.c", "  ")) == []
