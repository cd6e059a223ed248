def entry(name, words, site):
    name = name.replace("<", "").replace(">", "")
    words = words.replace("<", "").replace(">", "")
    if site.startswith("https://"):
        return f'<li><a href="{site}">{name}</a>: {words}</li>'
    return f"<li>{name}: {words}</li>"
