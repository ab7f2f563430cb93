"""What clauses refer to: words such as 前款 and 本办法第五条, and the clauses that they mean."""
