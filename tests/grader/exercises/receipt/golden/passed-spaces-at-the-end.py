total = 0
while True:
    line = input()
    if not line:
        break
    total += int(line)
print("Total", total, "  \n\n")
