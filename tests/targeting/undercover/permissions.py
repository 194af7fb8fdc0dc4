"""Which right opens each page; compared with the views by the permission test."""

BUY, CHARGE, OPERATION = ("undercover_buys.change",), ("warrants.change",), ("operations.change",)
READS_OPERATIONS = ("operations.view", "operations.view_released")
SEALED, SEALS = ("informant_buys.view",), ("informant_buys.change",)
ROWS = [
    ("undercover:cases", ("undercover_buys.view",)),
    ("undercover:print-readiness", ("undercover_buys.print", "warrants.print")),
    ("undercover:player", ("undercover_buys.view",)),
    ("undercover:buy", ("undercover_buys.view",)),
    ("undercover:add-buy", BUY),
    ("undercover:edit-buy", BUY),
    ("undercover:attach", BUY),
    ("undercover:upload", BUY),
    ("undercover:print-buy", ("undercover_buys.print",)),
    ("undercover:print-custody", ("custody.print",)),
    ("undercover:charge-page", CHARGE),
    ("undercover:mark-ready", CHARGE),
    ("undercover:take-word-back", CHARGE),
    ("undercover:buy-points", ("buy_locations.view",)),
    ("undercover:observations", ("police_contacts.view",)),
    ("undercover:add-observation", ("police_contacts.change",)),
    ("undercover:edit-observation", ("police_contacts.change",)),
    ("undercover:print-activity", ("police_contacts.print",)),
    ("undercover:operations", READS_OPERATIONS),
    ("undercover:operation", READS_OPERATIONS),
    ("undercover:add-operation", OPERATION),
    ("undercover:edit-operation", OPERATION),
    ("undercover:close-operation", OPERATION),
    ("undercover:name-readers", OPERATION),
    ("undercover:link-buys", OPERATION),
    ("undercover:informant-buys", SEALED),
    ("undercover:informant-buy", SEALED),
    ("undercover:add-informant-buy", SEALS),
    ("undercover:edit-informant-buy", SEALS),
    ("undercover:upload-informant", SEALS),
    ("undercover:look-over", SEALS),
    ("undercover:print-informant-buy", ("operations.print",)),
]
