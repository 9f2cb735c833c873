"""Readers of attributions in the training set's form: who, by which words, said which words."""

import os

# A reader works on one thread; several workers read side by side. Those of numpy's matrix library
# would wait for one another in circles, at four times the cost. Heeded when numpy is first loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
