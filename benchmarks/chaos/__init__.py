"""The service among faults of all kinds, with a seed: `python -m benchmarks.chaos`, `make chaos`."""
