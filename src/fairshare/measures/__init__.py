"""Measures: weighted, pure functions on arrays, and the tidy tables made of them.

Every function takes arrays of one value a record and says its unit; weights are persons or households in the
population. A change is always that of the same record under two laws (after less before), never a difference of two levels.
"""
