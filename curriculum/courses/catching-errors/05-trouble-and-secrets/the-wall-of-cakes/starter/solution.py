def entry(name, words, site):
    """One item of the list: the name, linked if there is a site, and the words."""
    if site:
        return f'<li><a href="{site}">{name}</a>: {words}</li>'
    return f"<li>{name}: {words}</li>"
