"""Files of every format → the text in them. What is here runs in a limited process: see sandbox.py."""
