"""Which right opens each page; compared with the views by the permission test."""

CHANGE = ("player_list.change",)
ROWS = [
    ("people:list", ("player_list.view", "player_list.masked")),
    ("people:player", ("player_list.view",)),
    ("people:add", CHANGE),
    ("people:edit", CHANGE),
    ("people:overdue", CHANGE),
    ("people:renew", CHANGE),
]
