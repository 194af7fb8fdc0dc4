"""Which right opens each page; compared with the views by the permission test."""

ROWS = [
    ("notification:binder", ("notebook_drafts.view", "notebooks.print", "act.print_binder")),
    ("notification:print-binder", ("act.print_binder",)),
    ("notification:notebook", ("notebook_drafts.view",)),
    ("notification:clear-notebook", ("act.clear_notebook",)),
]
