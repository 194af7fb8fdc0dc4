"""The papers of step 6: the call-in letter, and what a visiting pair takes along."""

from callin.outreach.letters.call_in import CONTENTS, ENGLISH, LETTER, SPANISH, facts, part
from callin.outreach.letters.visit_papers import PLAN, SHEET

__all__ = ("CONTENTS", "ENGLISH", "LETTER", "PLAN", "SHEET", "SPANISH", "facts", "part")
