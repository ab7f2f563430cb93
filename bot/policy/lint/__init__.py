"""The corpus lint: finds what a clerk should look at in the documents, with file, line and advice."""
