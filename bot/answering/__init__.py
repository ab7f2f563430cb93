"""Answers questions: with quotes, or with an honest refusal."""
