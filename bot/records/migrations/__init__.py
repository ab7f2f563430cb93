"""How the tables came to be: Alembic version files, applied in order by `migration.py`."""
