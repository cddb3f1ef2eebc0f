"""Where routes lead: one by one, a table, and all of a side together."""
