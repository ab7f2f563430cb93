"""Guesses for the front matter of a draft, made from the text. Each guess says where it was read."""
