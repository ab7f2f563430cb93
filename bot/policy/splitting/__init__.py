"""A text, divided into clauses and blocks: from the marks of paragraphs to pieces that can be quoted."""
