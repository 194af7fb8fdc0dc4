"""From a file of a records system to incidents: reading, matching columns, parsing, staging.

Nothing in here decides who may; `actions.batches` does, and calls this.
"""
