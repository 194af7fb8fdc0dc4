"""The kinds of paper of the call-in. What `may_include` does not name, the engine refuses in a notebook."""

from __future__ import annotations

from dmi.documents import kinds
from dmi.documents.kinds import DocumentKind

UNSIGNED = "Unsigned. Not in force."

NOTEBOOK = kinds.register(
    DocumentKind(
        code="offender_notebook",
        title="Offender notebook",
        template="documents/notification/offender_notebook.html",
        data_class="notebooks",
        may_include=frozenset(
            {
                "player_list",
                "undercover_buys",
                "police_contacts",
                "areas",
                "meetings",
                "services_catalogue",
            }
        ),
        released=frozenset({"warrants"}),
        must_say=(UNSIGNED,),
        adults_only=True,
        is_tagged=False,
    )
)


def _sheet(code: str, title: str) -> DocumentKind:
    """A sheet of the binder itself: it names people, so it lies in the notebooks' drawer."""
    template = f"documents/notification/{code}.html"
    return kinds.register(
        DocumentKind(code=code, title=title, template=template, data_class="notebooks", is_tagged=False)
    )


MISSING = _sheet("missing_sections", "What is missing")
MANIFEST = _sheet("binder_manifest", "Binder manifest")
SPINES = _sheet("spine_labels", "Spine labels")
TAB = _sheet("tab_page", "Tab")
