"""The kinds of document the steps can issue, and which data classes each may carry.

A kind is declared once, in a step's `letters.py`, which the step's `apps.ready()` imports. A kind that names a class it
may not carry is refused at import, so a mistake here stops the program instead of reaching paper.
"""

from __future__ import annotations

from dataclasses import dataclass

from dmi.cases import policy

# Facts no seat may have on paper: who gave a tip, who called, who an informant or an undercover officer is, where
# helpers live, treatment, criminal history (reason asked at each look), evaluated intelligence.
NEVER_ON_PAPER = frozenset(
    {
        "tip_sources",
        "caller_identity",
        "officer_identity",
        "informant_numbers",
        "informant_terms",
        "criminal_history",
        "intelligence",
        "treatment",
        "resident_homes",
        "pseudonym_key",
        "backups",
        "accounts",
    }
)

# Facts that go on paper only in a kind of the restricted drawer, whose readers may know of them anyway.
ONLY_RESTRICTED = frozenset({"informant_buys"})

# Facts about minors go on paper only as documents of their own, never inside another kind.
ONLY_AS_OWN_KIND = frozenset({"juvenile"})

# Which compartments' facts may flow into a document of a compartment. What services and the community hold in
# confidence does not flow to the police, and nothing flows to a drawer that more people can open.
FLOWS = {
    "P": {"P"},
    "D": {"P", "D"},
    "T": {"P", "D", "T"},
    "C": {"P", "D", "T", "C"},
    "S": {"P", "D", "T", "S"},
    "Lc": {"P", "D", "T", "Lc"},
    "Li": {"P", "D", "T", "Lc", "Li"},
    "Lh": {"P", "D", "T", "Lc", "Lh"},
    "W": {"P", "D", "T", "Lc", "W"},
    "R": {"P", "D", "T", "Lc", "R"},
}


class KindRefused(ValueError):
    """A kind of document was declared in a way the access policy does not allow."""


class UnknownKind(KeyError):
    """No step declared a kind of document with this code."""


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document: how it is drawn, which drawer it belongs to, who may issue it.

    `may_include`: further data classes its facts may hold; a kind that names any must mark every section with its
    class. `released`: classes of a stricter drawer that a prosecutor's clearance releases into this kind, for example
    the unsigned warrant in the notebook. `must_say`: words without which it is not printed. `leaves_the_team`: the
    paper is given to somebody outside, so the compartment is not printed on it. `adults_only`: refused for a player who
    is not known to be of age. `is_tagged`: the PDF carries its structure for screen readers; about a tenth slower, so
    long documents that only go on paper do without.
    """

    code: str
    title: str
    template: str
    data_class: str
    needs: str = ""
    may_include: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()
    must_say: tuple[str, ...] = ()
    leaves_the_team: bool = False
    adults_only: bool = False
    is_tagged: bool = True
    schema_version: int = 1
    template_version: int = 1

    @property
    def right_to_issue(self) -> str:
        """The right that opens issuing; by default to print the kind's data class."""
        return self.needs or f"{self.data_class}.print"

    @property
    def mixes_classes(self) -> bool:
        """Whether facts of several data classes meet in it, so that every section must be marked."""
        return bool(self.may_include or self.released)

    @property
    def allowed_classes(self) -> frozenset[str]:
        """Every data class whose facts may stand in this kind."""
        return frozenset({self.data_class}) | self.may_include | self.released


_kinds: dict[str, DocumentKind] = {}


def register(kind: DocumentKind) -> DocumentKind:
    """The kind can be issued from now on. Raises KindRefused when the policy does not allow what it declares."""
    _check_rights(kind)
    _check_flows(kind)
    known = _kinds.get(kind.code)
    if known is not None and known != kind:
        raise KindRefused(f"{kind.code}: declared twice, differently")
    _kinds[kind.code] = kind
    return kind


def get(code: str) -> DocumentKind:
    """The kind with this code; raises UnknownKind."""
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownKind(code) from None


def opens(code: str) -> str:
    """The right to issue that also opens the file: of kinds in a drawer open without clearance; for others empty."""
    kind = _kinds.get(code)
    return kind.right_to_issue if kind and not policy.CLASSES[kind.data_class].compartment.needs_clearance else ""


def every() -> list[DocumentKind]:
    """All declared kinds, by title."""
    return sorted(_kinds.values(), key=lambda kind: kind.title)


def forget(code: str) -> None:
    """Take a kind back; only for tests that declare their own."""
    _kinds.pop(code, None)


def _check_rights(kind: DocumentKind) -> None:
    unknown = sorted(code for code in kind.allowed_classes if code not in policy.CLASSES)
    if unknown:
        raise KindRefused(f"{kind.code}: the policy knows no data class {', '.join(unknown)}")
    if not policy.is_known(kind.right_to_issue):
        raise KindRefused(f"{kind.code}: {kind.right_to_issue!r} is no right of the policy")


def _check_flows(kind: DocumentKind) -> None:
    never = sorted(kind.allowed_classes & NEVER_ON_PAPER)
    if never:
        raise KindRefused(f"{kind.code}: never on paper: {', '.join(never)}")
    alone = sorted((kind.may_include | kind.released) & ONLY_AS_OWN_KIND)
    if alone:
        raise KindRefused(f"{kind.code}: only as a document of its own: {', '.join(alone)}")
    sealed = sorted(kind.allowed_classes & ONLY_RESTRICTED)
    if sealed and policy.compartment_of(kind.data_class) != "R":
        raise KindRefused(f"{kind.code}: only on restricted paper: {', '.join(sealed)}")
    open_to = FLOWS[policy.compartment_of(kind.data_class)]
    leaking = sorted(code for code in kind.may_include if policy.compartment_of(code) not in open_to)
    if leaking:
        raise KindRefused(f"{kind.code}: may not flow into its compartment: {', '.join(leaking)}")
    closed = sorted(code for code in kind.released if policy.compartment_of(code) not in {"W", "Lc"})
    if closed:
        raise KindRefused(f"{kind.code}: a prosecutor cannot release {', '.join(closed)} into it")
