"""Which stacks templates make, and how what one stack has reaches another.

From files to stacks: ``roots`` (templates that no other nests), ``deployments`` (parameter files), ``assembly`` (what
``cdk synth`` wrote), ``files`` (where a nested template is). From a stack to those that it makes: ``nested`` reads them
all, ``stack_sets`` and ``embedded`` tell each of them, ``passing`` takes parameters down, ``outputs`` takes values up.
"""
