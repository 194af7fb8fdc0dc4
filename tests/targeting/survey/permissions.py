"""Which right opens each page; compared with the views by the permission test."""

READ, WRITE = ("officer_survey.view", "officer_survey.view_own"), ("officer_survey.change", "officer_survey.change_own")
TIPS = ("community_tips.view", "community_tips.view_own")
ROWS = [
    (
        "survey:dashboard",
        (
            "officer_survey.view", "officer_survey.view_own", "officer_survey.masked",
            "community_tips.view", "community_tips.view_own", "community_tips.submit", "community_tips.aggregate",
        ),
    ),
    ("survey:interviews", READ),
    ("survey:interview", READ),
    ("survey:add-interview", WRITE),
    ("survey:name-in-interview", WRITE),
    ("survey:replies", TIPS),
    ("survey:reply", TIPS),
    ("survey:add-reply", ("community_tips.submit", "community_tips.change")),
    ("survey:name-in-reply", ("community_tips.view", "community_tips.change")),
]  # fmt: skip
