"""Which right opens each page; compared with the views by the permission test."""

BOOK_READ, BOOK_WRITE = ("community_contacts.view",), ("community_contacts.change",)
ROWS = [
    ("directory:list-contacts", BOOK_READ),
    ("directory:show-contact", BOOK_READ),
    ("directory:add-contact", BOOK_WRITE),
    ("directory:edit-contact", BOOK_WRITE),
    ("directory:list-organisations", BOOK_READ),
    ("directory:show-organisation", BOOK_READ),
    ("directory:add-organisation", BOOK_WRITE),
    ("directory:edit-organisation", BOOK_WRITE),
    ("directory:list-services", ("services_catalogue.view",)),
    ("directory:show-service", ("services_catalogue.view",)),
    ("directory:add-service", ("services_catalogue.change",)),
    ("directory:edit-service", ("services_catalogue.change",)),
]
