"""Which clauses match a question: analysis, BM25, the index and its explanations."""
