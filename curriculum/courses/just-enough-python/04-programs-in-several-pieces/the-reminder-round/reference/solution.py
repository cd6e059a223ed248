def read_line(line):
    name, day = line.split(";")
    return name.strip(), int(day)


def is_due(last_visit, today):
    return today - last_visit > 7


def calls(lines, today):
    result = []
    for line in lines:
        name, last_visit = read_line(line)
        if is_due(last_visit, today):
            result.append(name + ": " + str(today - last_visit))
    return result
