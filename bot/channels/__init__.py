"""How people reach the service. Each channel is a folder and a row of `CHANNELS` in `table.py`."""
