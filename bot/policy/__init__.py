"""What the policies say: documents, their clauses, and the citations that prove a quote."""
