"""How well and how fast the practice model reads prompts."""
