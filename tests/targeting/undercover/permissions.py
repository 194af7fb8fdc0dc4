"""Which right opens each page; compared with the views by the permission test."""

BUY, CHARGE = ("undercover_buys.change",), ("warrants.change",)
ROWS = [
    ("undercover:cases", ("undercover_buys.view",)),
    ("undercover:player", ("undercover_buys.view",)),
    ("undercover:add-buy", BUY),
    ("undercover:edit-buy", BUY),
    ("undercover:attach", BUY),
    ("undercover:charge-page", CHARGE),
    ("undercover:mark-ready", CHARGE),
    ("undercover:informant-buys", ("informant_buys.view",)),
    ("undercover:add-informant-buy", ("informant_buys.change",)),
]
