"""What the front matter of a draft may say, guessed from the text. Each guess says where it was read."""
