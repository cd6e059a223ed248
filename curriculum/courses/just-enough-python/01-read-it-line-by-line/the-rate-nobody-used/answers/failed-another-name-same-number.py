def home_visit(km, per_km):
    rate = 30
    cost = km * rate
    return cost
