"""PDF files with a text layer, read by where their characters stand."""
