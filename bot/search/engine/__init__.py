"""Engines rank entries by BM25: the port, the embedded engine, and the reference for all engines."""
