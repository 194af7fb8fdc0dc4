"""Which right opens each page; compared with the views by the permission test.

Each view then asks for the right on the data class of the very document.
"""

CASE = ("act.see_case",)
ROWS = [
    ("documents:list", CASE),
    ("documents:runs", CASE),
    ("documents:copies", CASE),
    ("documents:copy", CASE),
    ("documents:move-copy", CASE),
    ("documents:run", CASE),
    ("documents:run-progress", CASE),
    ("documents:download-run", CASE),
    ("documents:approve-run", CASE),
    ("documents:run-again", CASE),
    ("documents:withdraw-run", CASE),
    ("documents:document", CASE),
    ("documents:download", CASE),
    ("documents:approve", CASE),
    ("documents:again", CASE),
    ("documents:withdraw", CASE),
]
