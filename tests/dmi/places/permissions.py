"""Which right opens each page; compared with the views by the permission test."""

ROWS = [
    ("places:list-places", ("key_addresses.view",)),
    ("places:show-place", ("key_addresses.view",)),
    ("places:add-place", ("key_addresses.change",)),
    ("places:edit-place", ("key_addresses.change",)),
]
