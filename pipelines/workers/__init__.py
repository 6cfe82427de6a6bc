"""Who does the work: processes of this machine, or those of a Ray cluster.

Here belong the ways in which work reaches workers and its results come back in order, whatever
happens to a worker meanwhile. What the work is belongs to its own module (`pipelines.engines`).
"""
