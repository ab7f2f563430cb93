"""The server behind `python webhook.py`: connections with limits, fair turns, processes that are replaced."""
