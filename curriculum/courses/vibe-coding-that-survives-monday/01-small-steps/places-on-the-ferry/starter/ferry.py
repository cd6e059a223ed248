# Bookings for the old ferry. Nothing is built yet.
