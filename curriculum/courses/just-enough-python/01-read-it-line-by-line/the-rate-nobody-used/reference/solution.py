def home_visit(km, per_km):
    cost = km * per_km
    return cost
