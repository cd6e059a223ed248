def home_visit(km, per_km):
    return km * per_km
