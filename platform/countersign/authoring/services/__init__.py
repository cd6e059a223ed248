"""Writing exercises: begin, save, compare, take back, check, publish, carry in and out."""
