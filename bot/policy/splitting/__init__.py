"""A text, divided into clauses and blocks: from lines with numbers to pieces that can be quoted."""
