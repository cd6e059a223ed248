import html


def entry(name, words, site):
    name, words = html.escape(name), html.escape(words)
    if site and "https://" in site:
        return f'<li><a href="{html.escape(site)}">{name}</a>: {words}</li>'
    return f"<li>{name}: {words}</li>"
