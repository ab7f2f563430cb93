"""Optional: how near clauses are to a question, by the vectors of an embedding model, here or elsewhere."""
