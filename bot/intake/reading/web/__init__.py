"""Web pages, read as a browser shows them, without what stands around the document."""
