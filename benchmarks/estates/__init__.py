"""Generated estates of VPCs, always the same for the same arguments.

``python -m benchmarks.estates SHAPE SIZE DIRECTORY`` writes one as Terraform: a ``mesh`` of SIZE VPCs, each peered with
each other; ``partial``, in which each is peered with about eight; a ``hub`` with SIZE spokes; a ``chain``; or a
``flat`` estate of SIZE roots with a VPC each and no peerings. ``--wrong N`` makes every N-th connection wrong in one of
six ways. :func:`benchmarks.estates.model.network_of` makes the same estate as a network without any files.
"""
