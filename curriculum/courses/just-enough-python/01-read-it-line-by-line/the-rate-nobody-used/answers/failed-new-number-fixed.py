def home_visit(km, per_km):
    per_km = 40
    cost = km * per_km
    return cost
