import unittest

from solution import seats_left


class FerryTest(unittest.TestCase):
    def test_a_group_that_fills_the_ferry_gets_on(self):
        self.assertEqual(seats_left([12]), 0)

    def test_the_last_seats_are_taken(self):
        self.assertEqual(seats_left([5, 4, 3]), 0)

    def test_a_large_group_waits(self):
        self.assertEqual(seats_left([8, 6, 3]), 1)

    def test_a_large_group_waits_at_the_start(self):
        self.assertEqual(seats_left([15, 2]), 10)

    def test_nobody_is_waiting(self):
        self.assertEqual(seats_left([]), 12)


if __name__ == "__main__":
    unittest.main()
