"""``chain``: my prompt, its output, my review of it, my decision. docs/authoring/chain.md."""
