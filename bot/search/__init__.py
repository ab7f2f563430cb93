"""Finds the clauses that match a question: analysis, BM25, the index and its explanations."""
