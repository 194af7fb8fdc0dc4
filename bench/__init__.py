"""Measurements: each beside its reference in the same run, so that ratios count and not the speed of the machine.

Run by `script/bench` on a database of its own. Not part of the casebook: nothing here is shipped.
"""
