def safe(text):
    for sign, harmless in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, harmless)
    return text


def entry(name, words, site):
    shown = safe(name)
    if site[:8] == "https://":
        shown = '<a href="' + safe(site) + '">' + shown + "</a>"
    return "<li>" + shown + ": " + safe(words) + "</li>"
