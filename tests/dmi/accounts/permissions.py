"""Which right opens each page of a case in this app; compared with the views by the permission test."""

ROWS = [
    ("seats:list", ("accounts.view", "accounts.submit")),
    ("seats:propose", "accounts.submit"),
    ("seats:withdraw", "accounts.submit"),
]
