import unittest

from solution import seats_left


class FerryTest(unittest.TestCase):
    def test_full_ferry(self):
        left = seats_left([12])
        self.assertEqual(left, 0)

    def test_last_seats(self):
        left = seats_left([5, 4, 3])
        self.assertEqual(left, 0)

    def test_a_group_waits(self):
        left = seats_left([8, 6, 3])
        self.assertEqual(left, 1)

    def test_the_first_group_waits(self):
        left = seats_left([15, 2])
        self.assertEqual(left, 10)

    def test_nobody_waits(self):
        left = seats_left([])
        self.assertEqual(left, 12)


if __name__ == "__main__":
    unittest.main()
