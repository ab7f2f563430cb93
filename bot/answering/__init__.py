"""What we answer: a question becomes an answer made of quotes, or an honest refusal."""
