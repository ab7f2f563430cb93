"""Backups: one file with everything that cannot be made anew, and the proof that it answers as before."""
