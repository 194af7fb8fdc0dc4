"""Who may see and do what: the whole policy, on one page.

Read a line of the table as: data class, its compartment, and one cell for each seat. In a cell:
V view · C create and change · P print · X export · m code numbers and status only · a totals with small counts hidden ·
w may hand in, not read others' · o own items only · r only after a release ·
c only with clearance · 2 a second person must agree · b only by breaking the glass (nobody in daily work) · - nothing.

Nothing here is generated. Rights of two cases never add up, an unknown label means nothing,
and superusers hold no right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

SEATS = {
    "police": "Police",
    "handler": "Handler",
    "prosecutor": "Prosecutor",
    "federal_prosecutor": "Federal prosecutor",
    "community": "Community",
    "services": "Social services",
    "coordinator": "Coordinator",
    "research": "Research partner",
    "administrator": "Administrator",
    "auditor": "Privacy officer",
    "probation": "Probation and parole",
    "council": "Mayor and council",
}
COLUMNS = tuple(list(SEATS)[:10])


@dataclass(frozen=True, slots=True)
class Compartment:
    """A drawer of the case: what it is called on paper and whether clearance is needed to open it."""

    code: str
    label: str
    needs_clearance: bool
    rank: int


COMPARTMENTS = {
    c.code: c
    for c in (
        Compartment("P", "Public", False, 0),
        Compartment("D", "De-identified", False, 1),
        Compartment("T", "Team", False, 2),
        Compartment("C", "Community-confidential", False, 3),
        Compartment("S", "Services-confidential", False, 4),
        Compartment("Lc", "Law enforcement sensitive", True, 5),
        Compartment("Li", "Law enforcement sensitive: intelligence", True, 6),
        Compartment("Lh", "Law enforcement sensitive: criminal history", True, 7),
        Compartment("W", "Prosecutor work product", True, 8),
        Compartment("R", "Restricted", True, 9),
    )
}

#   code                    in   PO       HA     PR      PF     CM      SV     CO     RP     AD   AU
TABLE = """
    roster                  T    V        V      V       V      V       V      VCPX   V      V    V
    clearance               T    o        o      o       o      o       o      m      o      VC2  V
    agreements              T    V        V      V       V      V       V      VCP    V      -    V
    prosecutor_terms        W    V        V      VCP     VCP    -       -      m      -      -    V
    planning_items          T    VC       V      VC      VC     VC      VC     VCPX   VC     -    V
    import_batches          T    oVCX     -      -       -      -       -      m      oVC    -    m
    incident_points         Lc   VCP2X2   V      VP2     V      a       a      a      aVr    -    m
    victim_points           Lc   V        -      V       V      -       -      -      a      -    m
    field_contacts          Lc   VC       V      V       V      -       -      -      -      -    m
    area_counts             D    VCPX     V      V       V      a       a      VPX    VCX    -    V
    areas                   T    VCP      V      VP      VP     V       V      VCP    VCP    -    V
    buy_locations           Lc   V        VC     V       V      -       -      Vc     -      -    m
    officer_survey          Lc   VCo      V      V       V      -       -      Vc     m      -    m
    community_tips          Lc   V        V      V       V      wo      w      Vc     a      -    m
    tip_sources             C    -        -      -       -      o       -      -      -      -    b2
    key_addresses           Lc   VCP      V      VP      V      -       -      Vc     a      -    m
    player_list             Lc   VCP2     V      VP2     V      -       -      Vc     m      -    m
    police_contacts         Lc   VCP      V      VP      V      -       -      -      -      -    m
    intelligence            Li   VC       V      V       V      -       -      -      -      -    m
    link_chart              Li   VCP2X2   V      VP      V      -       -      -      m      -    m
    review_minutes          Lc   VCP      V      V       V      -       -      Vc     m      -    m
    assessments             Lc   VC       V      VC      V      -       -      Vc     m      -    m
    criminal_history        Lh   V        V      V       V      -       -      -      -      -    m
    pending_charges         Lc   VC       V      VC      VC     -       -      Vc     m      -    m
    juvenile                Lh   Vr       -      VC      V      -       -      -      -      -    b2
    decision_worksheet      W    m        -      VCP     VCPo   -       -      m      -      -    m
    call_in_roster          Lc   VP2      V      VCP2    V      r       -      VcP2   m      -    m
    composition             D    -        -      V       V      -       -      V      a      -    V
    operations              R    Vr       VCP2   V       V      -       -      -      -      -    -
    undercover_buys         Lc   VC       VC     VP      VP     -       -      m      -      -    m
    officer_identity        R    m        V      Vr      Vr     -       -      -      -      -    b2
    informant_buys          R    m        VC     V       V      -       -      m      -      -    m
    informant_numbers       R    -        V      V2      V2     -       -      -      -      -    b2
    informant_terms         R    -        VC     V       V      -       -      -      -      -    b2
    original_media          Lc   V        VCX2   VX2     V      -       -      -      -      -    m
    cleared_media           Lc   V        VC2    V       V      -       -      Vr     -      -    m
    custody                 Lc   VCP      VCP    VP      VP     -       -      -      -      -    V
    community_contacts      C    m        -      -       -      VC      m      VC     a      -    m
    resident_homes          C    -        -      -       -      VCo     -      V      -      -    b
    meetings                T    V        V      V       V      VC      V      VCPX   V      -    V
    venue_security          Lc   VCP      V      V       V      -       -      Vc     -      -    m
    influentials            C    VC       -      V       -      VCo     Vr     VC     a      -    m
    safety_flags            C    VC       -      V       -      m       VC     VC     -      -    m
    visit_log               C    VCo      -      m       -      VCo     m      VP     a      -    m
    letters                 Lc   VP       V      V       V      r       -      VCP    m      -    m
    services_catalogue      T    V        V      V       V      V       VC     VCPX   V      -    V
    run_of_show             T    VC       V      VC      VC     V       V      VCP    V      -    m
    notebook_drafts         Lc   VC       V      VC2     V      -       -      -      -      -    m
    notebooks               Lc   VP2      V      VP2     V      -       -      P2c    -      -    m
    warrants                W    VP2      -      VCP2    V      -       -      m      -      -    m
    display_set             Lc   VCP2     V      V       V      -       -      Vr     -      -    m
    official_notices        Lc   V        V      VCP     V      -       m      VP     m      -    m
    attendance              T    VC       V      V       V      r       o      VC     m      -    m
    wants                   S    -        -      -       -      r       VC     m      a      -    m
    treatment               S    -        -      -       -      -       VC     -      r      -    b2
    consents                S    -        -      -       -      -       VCP    m      -      -    V
    complaints              Lc   VC       V      V       V      wo      -      Vc     a      -    m
    caller_identity         R    o        -      V2      V2     o       -      -      -      -    b2
    activation              W    VP       -      VCP2    V      -       -      m      -      -    m
    case_outcomes           T    V        -      VC      VC     V       -      V      m      -    V
    follow_up               S    -        -      -       -      r       VC     m      a      -    m
    mentors                 C    -        -      -       -      VC      VC     VC     a      -    m
    touch_log               C    -        -      -       -      VCo     V      m      a      -    m
    newsletter              T    VC       -      V       -      VC      -      VC     -      -    V
    dashboards              D    V        V      V       V      V       V      VPX    VCPX   -    V
    research_extract        D    -        -      -       -      -       -      m      VX2    -    V
    pseudonym_key           R    -        -      -       -      -       -      -      -      -    VC2
    measures                D    V        V      V       V      V       V      VPX    VCPX   -    V
    audit_log               T    o        o      o       o      o       o      o      o      m    VPX2
    ledgers                 T    o        o      V       V      o       o      o      o      -    VPX
    accounts                T    -        -      -       -      -       -      w      -      VC2  V
    retention               T    V        -      VC      VC     -       -      m      -      -    VC2
    subject_access          T    -        -      V       V      -       -      w      -      -    VCP2
    disclosure              W    w        w      VCPX    VCPX   w       w      w      w      -    m
    backups                 T    -        -      -       -      -       -      -      -      m    2
"""

# Seats outside the table's columns: what each of the few classes they meet gives them.
EXTRA_CELLS = {
    "probation": {"officer_survey": "VCo", "pending_charges": "VC", "letters": "VP", "attendance": "VC"},
    "council": {
        "roster": "V", "agreements": "V", "area_counts": "V", "areas": "V", "meetings": "V",
        "services_catalogue": "V", "case_outcomes": "V", "dashboards": "V", "measures": "V",
    },
}  # fmt: skip

# Named acts that go beyond a letter in a cell: which seats may do them.
ACTS = {
    "act.see_case": ("Open the market and its overview", tuple(SEATS)),
    "act.recommend_candidate": ("Recommend what happens with a person", ("police",)),
    "act.decide_candidate": ("Decide prosecute now, call-in, drop or hold", ("prosecutor", "federal_prosecutor")),
    "act.sign_area": ("Sign off the target area", ("police", "prosecutor", "community")),
    "act.issue_letter": ("Issue call-in letters", ("coordinator",)),
    "act.approve_letter": ("Approve the wording of call-in letters", ("prosecutor", "police")),
    "act.assign_visits": ("Say which pair visits for a candidate", ("coordinator",)),
    "act.release_name": ("Release a candidate's name to the neighbor of a visiting pair", ("prosecutor",)),
    "act.approve_charted_person": (
        "Approve that family, a witness, a resident or a helper stands on the link chart",
        ("prosecutor",),
    ),
    "act.check_media": ("Check photographs and recordings for faces and voices", ("handler",)),
    "act.release_media": ("Release checked media for notebooks", ("prosecutor",)),
    "act.clear_notebook": ("Clear an offender notebook for printing", ("prosecutor",)),
    "act.print_binder": ("Print notebooks and the call-in binder", ("coordinator", "police", "prosecutor")),
    "act.pass_gate": ("Pass a gate between phases", ("coordinator", "police", "prosecutor")),
    "act.decide_go": ("Decide go or no-go", ("coordinator",)),
    "act.manage_team": ("Invite partners and record commitments", ("coordinator",)),
    "act.set_policy": ("Change the team's policy", ("coordinator",)),
    "act.acknowledge_alarm": ("Read alarms and acknowledge them", ("auditor",)),
    "act.mark_element": ("Set an element aside as not applicable", ("coordinator",)),
}

# These acts touch law-enforcement drawers, so a seat alone is not enough: the person must be cleared.
CLEARED_ACTS = {
    "act.recommend_candidate", "act.decide_candidate", "act.check_media", "act.release_media", "act.clear_notebook",
    "act.approve_letter", "act.release_name", "act.approve_charted_person",
}  # fmt: skip

LETTERS = {"V": "view", "C": "change", "P": "print", "X": "export", "m": "masked", "a": "aggregate", "w": "submit"}
UNCLEARED = {"masked", "aggregate", "submit"}
CIVIL_SEATS = {"community", "services"}
RIGHT_WORDS = {
    "view": "see", "change": "add and change", "print": "print", "export": "export",
    "masked": "code numbers and status only",
    "aggregate": "totals only", "submit": "hand in", "view_own": "see own items", "change_own": "change own items",
    "print_own": "print own items", "export_own": "export own items",
    "view_released": "see what was released to this seat",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """What one seat may do with one data class."""

    rights: frozenset[str]
    second_person: frozenset[str] = frozenset()
    break_glass: bool = False


NOTHING = Cell(frozenset())


def read_cell(text: str) -> Cell:
    """Read a cell such as "VCP2" or "VCo"; raises ValueError for letters the table does not know."""
    if not re.fullmatch(r"[VCPXmawrocb2]+|-", text):
        raise ValueError(f"unknown cell {text!r}")
    names = [LETTERS[letter] for letter in text if letter in LETTERS]
    if "o" in text:
        names = [name if name == "submit" else f"{name}_own" for name in names] + ["view_own"]
    if "r" in text:
        names = [name for name in names if name != "view"] + ["view_released"]
    seconds = {LETTERS[before] for before in re.findall(r"([VCPX])2", text)}
    return Cell(frozenset(names), frozenset(seconds), "b" in text)


@dataclass(frozen=True, slots=True)
class DataClass:
    """A kind of record: its compartment and each seat's cell."""

    code: str
    compartment: Compartment
    cells: dict[str, Cell]

    @property
    def label(self) -> str:
        """The code in words, for the page that shows the matrix."""
        return self.code.replace("_", " ").capitalize()


def _read_table() -> dict[str, DataClass]:
    classes = {}
    for line in TABLE.strip().splitlines():
        code, compartment, *cells = line.split()
        by_seat = {seat: read_cell(cell) for seat, cell in zip(COLUMNS, cells, strict=True)}
        for seat, own in EXTRA_CELLS.items():
            by_seat[seat] = read_cell(own.get(code, "-"))
        classes[code] = DataClass(code, COMPARTMENTS[compartment], by_seat)
    return classes


CLASSES = _read_table()


def compartment_of(data_class: str) -> str:
    """The compartment code of a data class; raises KeyError for a class the policy does not know."""
    return CLASSES[data_class].compartment.code


def compartment_label(data_class: str) -> str:
    """The compartment's name as it is printed on every page of a document."""
    return CLASSES[data_class].compartment.label


def is_known(right: str) -> bool:
    """Whether a string such as "letters.print" or "act.pass_gate" is a right of this policy."""
    if right in ACTS:
        return True
    code, _, name = right.partition(".")
    return code in CLASSES and name in RIGHT_WORDS


def cell_rights(data_class: DataClass, seat: str, *, cleared: bool) -> frozenset[str]:
    """The names of the rights `seat` has on `data_class`; law-enforcement drawers open to cleared people only."""
    rights = data_class.cells.get(seat, NOTHING).rights
    if cleared or not data_class.compartment.needs_clearance:
        return rights
    open_to_all = set(UNCLEARED)
    if seat in CIVIL_SEATS:
        open_to_all |= {"view_own", "change_own", "view_released"}
    left = rights & open_to_all
    return left or (frozenset({"masked"}) if rights and seat == "coordinator" else frozenset())


@cache
def rights(seats: frozenset[str], *, cleared: bool) -> frozenset[str]:
    """Every right the given seats of one case give together; no seat gives nothing."""
    found = {name for name, (_, holders) in ACTS.items() if seats & set(holders)}
    found -= set() if cleared else CLEARED_ACTS
    for data_class in CLASSES.values():
        for seat in seats:
            found |= {f"{data_class.code}.{name}" for name in cell_rights(data_class, seat, cleared=cleared)}
    return frozenset(found)


def needs_second_person(right: str, seats: frozenset[str]) -> bool:
    """Whether every seat of this person that gives `right` gives it only together with a second named person."""
    code, _, name = right.partition(".")
    cells = [CLASSES[code].cells[seat] for seat in seats if name in CLASSES[code].cells[seat].rights]
    return bool(cells) and all(name in cell.second_person for cell in cells)
