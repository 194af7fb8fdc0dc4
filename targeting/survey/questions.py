"""What the survey asks: one list for officers, one for residents. Codes are stored, words may be put better."""

from __future__ import annotations

OFFICER_QUESTIONS = (
    ("places", "Where are drugs sold, and at what hours?"),
    ("product", "What is sold, and who brings it in?"),
    ("violence", "What violence or weapons come with it?"),
    ("others", "What else should the team know?"),
)
COMMUNITY_QUESTIONS = (
    ("places", "Where do you see drugs being sold?"),
    ("hours", "On which days and at what hours?"),
    ("fears", "What do you fear, or no longer do, because of it?"),
    ("trust", "Whom do people here trust and listen to?"),
    ("who", "Is there anybody the team should know about? You do not have to name anyone."),
)
