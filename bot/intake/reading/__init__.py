"""Files of every format → their text. This code runs in a limited process: see sandbox.py."""
