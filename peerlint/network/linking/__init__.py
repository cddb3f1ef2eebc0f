"""How the stacks of a run refer to one another: one file for each way."""
