"""政策问答: which clauses of real policy documents answer a question, word for word."""
