while True:
    total = 1
