"""The reader: a document as a page, its clauses as links, and the list of all documents."""
