import html


def entry(name, words, site):
    name, words = html.escape(name), html.escape(words)
    if site.startswith("https://"):
        return f'<li><a href="{site}">{name}</a>: {words}</li>'
    return f"<li>{name}: {words}</li>"
