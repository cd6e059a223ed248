def as_hours(minutes):
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
