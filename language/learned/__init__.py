"""A small model for replies that the tables cannot read, trained by `bench/reading/train.py`."""
