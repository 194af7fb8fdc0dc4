"""Which right opens each page; compared with the views by the permission test."""

READ, WRITE = ("officer_survey.view", "officer_survey.view_own"), ("officer_survey.change", "officer_survey.change_own")
TIPS, NAME_FROM_TIP = (
    ("community_tips.view", "community_tips.view_own"),
    ("community_tips.view", "community_tips.change"),
)
LIST, LINKS = ("player_list.change",), ("community_contacts.change",)
ROWS = [
    (
        "survey:dashboard",
        (
            "officer_survey.view", "officer_survey.view_own", "officer_survey.masked",
            "community_tips.view", "community_tips.view_own", "community_tips.submit", "community_tips.aggregate",
        ),
    ),
    ("survey:campaign", READ),
    ("survey:add-asks", WRITE),
    ("survey:remind", WRITE),
    ("survey:decline", WRITE),
    ("survey:interviews", READ),
    ("survey:interview", READ),
    ("survey:add-interview", WRITE),
    ("survey:name-in-interview", WRITE),
    ("survey:mention-in-interview", WRITE),
    ("survey:replies", TIPS),
    ("survey:reply", TIPS),
    ("survey:add-reply", ("community_tips.submit", "community_tips.change")),
    ("survey:name-in-reply", NAME_FROM_TIP),
    ("survey:mention-in-reply", NAME_FROM_TIP),
    ("survey:names", ("player_list.view",)),
    ("survey:print-names", ("player_list.print",)),
    ("survey:addresses", ("key_addresses.view",)),
    ("survey:print-addresses", ("key_addresses.print",)),
    ("survey:baseline", ("community_tips.aggregate", "community_tips.view")),
    ("survey:print-form", ("planning_items.change",)),
    ("survey:duplicates", LIST),
    ("survey:pair", LIST),
    ("survey:merge", LIST),
    ("survey:tell-apart", LIST),
    ("survey:undo-merger", LIST),
    ("survey:links", LINKS),
    ("survey:add-link", LINKS),
    ("survey:link", LINKS),
    ("survey:close-link", LINKS),
    ("survey:print-poster", LINKS),
]  # fmt: skip
