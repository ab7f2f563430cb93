"""The corpus lint: what a clerk should look at in the documents, with file, line and advice."""
