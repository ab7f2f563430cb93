"""BM25 scores, from postings that are stored, shared and spliced."""
