from rounds import sort_parcels, unplaced

ROWS = [{"postcode": "LS1 4AP", "round": "North"}, {"postcode": "ls2 7ew", "round": "South"}]


def parcel(number, postcode, weight="1"):
    return {"number": number, "postcode": postcode, "weight": weight}


def test_sorts():
    parcels = [parcel("1", "LS14AP"), parcel("2", "LS2 7EW"), parcel("3", " ls1 4ap ")]
    assert sort_parcels(parcels, ROWS) == {"North": ["1", "3"], "South": ["2"]}


def test_no_round():
    sorted_out = sort_parcels([parcel("1", "XX1 1XX")], ROWS)
    assert sorted_out == {None: ["1"]}
    assert unplaced(sorted_out) == ["1"]
    assert unplaced({}) == []


def test_heaviest_first():
    parcels = [parcel("1", "LS1 4AP", "9.5"), parcel("2", "LS1 4AP", "10"), parcel("3", "LS1 4AP", "0.5")]
    assert sort_parcels(parcels, ROWS) == {"North": ["2", "1", "3"]}
