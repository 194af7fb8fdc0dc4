"""Which right opens each page; compared with the views by the permission test.

Each view then shows a job only to its actor and to those who hold its right.
"""

CASE = ("act.see_case",)
ROWS = [
    ("jobs:list", CASE),
    ("jobs:detail", CASE),
    ("jobs:progress", CASE),
    ("jobs:cancel", CASE),
    ("jobs:retry", CASE),
]
