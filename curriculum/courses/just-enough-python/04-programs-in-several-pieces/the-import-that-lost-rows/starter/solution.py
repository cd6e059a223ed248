def add_up(lines):
    total = 0
    for line in lines:
        try:
            total = total + int(line)
        except:  # skip lines that cause trouble
            pass
    return total, []
