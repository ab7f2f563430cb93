"""The knowledge folder, alive: each of its states becomes an edition, and the newest one answers."""
