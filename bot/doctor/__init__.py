"""What is wrong with this installation, in plain words, and what to do about it."""
