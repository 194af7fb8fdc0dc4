"""The invented team's accounts: one person for each seat at least, all with the same demo passphrase."""

from __future__ import annotations

from datetime import date, timedelta

from demo.names import TeamMember
from dmi.accounts.models import Agency, User

PASSPHRASE = "marlow eastgate lantern walk"  # noqa: S105 - opens invented markets only, printed at every start
JUSTICE = {"police", "sheriff", "prosecutor", "us_attorney", "probation"}
HEADS = {
    "police": ("Adele Overton", "Chief of Police", "MARLOW POLICE"),
    "prosecutor": ("Gideon Trask", "District Attorney", ""),
}


def make_agency(member: TeamMember) -> Agency:
    """The member's employer, found or made."""
    found = Agency.objects.filter(name=member.agency).first()
    if found:
        return found
    head_name, head_title, logo = HEADS.get(member.agency_kind, ("", "", ""))
    return Agency.objects.create_by(
        None,
        name=member.agency,
        kind=member.agency_kind,
        is_criminal_justice=member.agency_kind in JUSTICE,
        logo_text=logo,
        address_line_1="100 Courthouse Square",
        address_line_2="Marlow",
        phone="555-0100",
        head_name=head_name,
        head_title=head_title,
    )


def make_user(member: TeamMember, today: date) -> User:
    """The member's account; cleared people are screened and trained, in date."""
    user = User(
        username=member.username,
        email=f"{member.username}@example.org",
        full_name=member.full_name,
        title=member.title,
        agency=make_agency(member),
        phone=member.phone,
        is_staff=member.seat == "administrator",
    )
    if member.cleared:
        user.screened_on = user.trained_on = today - timedelta(days=120)
        user.screening_expires_on = user.training_expires_on = today + timedelta(days=610)
    user.set_password(PASSPHRASE)
    user.full_clean(exclude=["password"])
    user.save()
    return user
