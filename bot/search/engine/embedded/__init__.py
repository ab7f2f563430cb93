"""The embedded engine: postings in arrays that are stored, mapped, shared by processes and spliced."""
