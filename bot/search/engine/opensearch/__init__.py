"""The engine whose entries stand in an OpenSearch cluster: for libraries and traffic too large for a machine.

Scores are exact: the cluster finds candidates, and their scores are worked out here (`engine.py`).
"""
