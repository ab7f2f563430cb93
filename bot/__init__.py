"""政策问答: which clauses of real policy documents answer a question, word for word."""

import os

# Before numpy is imported. The sums of a question are short, and workers share the cores: threads that waited
# for each other took half the processor time of a question that is asked for the first time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
