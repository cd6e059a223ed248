"""The border to language models: one gateway, its budget, its queue. Nothing here can score."""
