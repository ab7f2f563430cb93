"""Measures how well the search finds: collections of topics and qrels, runs, and metrics."""
