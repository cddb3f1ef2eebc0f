"""How the stacks of a run refer to one another: one file for each way.

``states`` of roots that are elsewhere, ``outputs`` of a root's state, templates that a root has ``deployed``, names in
``stores`` (exports, parameters, outputs of stacks), ``lookups`` by properties, VPCs that are ``configured``, and what
is ``observed`` in an inventory.
"""
