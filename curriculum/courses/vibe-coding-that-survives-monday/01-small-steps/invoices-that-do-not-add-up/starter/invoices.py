# Checks Beatriz’s invoices. Nothing is built yet.
