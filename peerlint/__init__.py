"""peerlint: a static-analysis linter for AWS VPC peering written as infrastructure code."""

__version__ = "0.1.0"
