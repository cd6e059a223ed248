import html


def entry(name, words, site):
    """One item of the list: the name, linked if there is a site, and the words."""
    name, words = html.escape(name), html.escape(words)
    if site.startswith("https://"):
        return f'<li><a href="{html.escape(site)}">{name}</a>: {words}</li>'
    return f"<li>{name}: {words}</li>"
