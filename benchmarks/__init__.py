"""What peerlint costs: generated estates, and measurements on them."""
