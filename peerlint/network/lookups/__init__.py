"""The look-ups that a network offers, one class for each topic; indexes are made when they are first needed."""
