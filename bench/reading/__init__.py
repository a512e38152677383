"""Reading measured: the labelled collections, how well Heard reads them, and how its model is trained."""
