"""Claims and how to check them: quality on questions, speed beside peers. `make bench` runs them."""
