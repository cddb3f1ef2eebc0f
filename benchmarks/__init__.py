"""What peerlint costs: on generated estates, and beside other tools on the same files (README.md)."""
