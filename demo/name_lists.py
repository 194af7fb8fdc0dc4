"""The lists behind the invented people. Each name was made up for the demo."""

from __future__ import annotations

from typing import Literal

Course = Literal["candidate", "prosecute", "held", "named"]
PlayerRow = tuple[int, str, str, str, str, str, Course]
InfluentialRow = tuple[str, str, str, str]
TeamRow = tuple[str, str, str, str, str, str, bool]

# place on the list, name, street names, sex, race as recorded, language, course
DA, PD = "Marlow County District Attorney", "Marlow Police Department"
PLAYERS: tuple[PlayerRow, ...] = (
    (1, "Dashiell Vance Okoro", "Vee", "m", "Black", "en", "prosecute"),
    (2, "Jonas Alder", "Jay|Tall Jonas", "m", "White", "en", "prosecute"),
    (3, "Reese Calloway", "Ree", "f", "Black", "en", "candidate"),
    (4, "Mateo Barranco", "Teo", "m", "Hispanic", "es", "candidate"),
    (5, "Rory Keswick", "Kez", "m", "White", "en", "prosecute"),
    (6, "Lamont Thackery", "Mont", "m", "Black", "en", "held"),
    (7, "Casey Brightwell", "Case", "m", "White", "en", "candidate"),
    (8, "Toby Garland", "", "m", "White", "en", "prosecute"),
    (9, "Pat Marlowe", "Patch", "m", "Black", "en", "candidate"),
    (10, "Ysabel Corrado", "Izzy", "f", "Hispanic", "es", "candidate"),
    (11, "Micah Dunmore", "Mike D", "m", "Black", "en", "candidate"),
    (12, "Orrin Vasquell", "", "m", "Hispanic", "en", "named"),
    (13, "Drew Hollis", "Dre", "m", "Black", "en", "candidate"),
    (14, "Tavian Redfern", "Tay", "m", "Black", "en", "candidate"),
    (15, "Bram Stellan", "Stell", "m", "White", "en", "prosecute"),
    (16, "Noel Ferris", "", "m", "White", "en", "candidate"),
    (17, "Robin Teller", "Rob T", "f", "White", "en", "candidate"),
    (18, "Anh Linh Duvane", "Lin", "m", "Asian", "en", "candidate"),
    (19, "Quinn Ivers", "Q", "m", "Black", "en", "candidate"),
    (20, "Lee Wexford", "Wex", "m", "White", "en", "candidate"),
    (21, "Ellis Lorne", "El", "m", "Black", "en", "candidate"),
    (22, "Shandra Pell", "", "f", "Black", "en", "named"),
    (23, "Caleb Thornbury", "Thorn", "m", "White", "en", "named"),
    (24, "Ruben Escalera-Voss", "Ruby", "m", "Hispanic", "es", "named"),
    (25, "Keon Stallworthy", "", "m", "Black", "en", "named"),
    (26, "Wynn Abernall", "", "m", "White", "en", "named"),
    (27, "Deja Larkmoor", "DJ", "f", "Black", "en", "named"),
    (28, "Hollis Tranter", "", "m", "White", "en", "named"),
    (29, "Ignacio Belmora", "Nacho", "m", "Hispanic", "es", "named"),
    (30, "Trey Osgrove", "T-O", "m", "Black", "en", "named"),
    (31, "Pria Sandmeier", "", "f", "Asian", "en", "named"),
    (32, "Colm Rafferdale", "Red", "m", "White", "en", "named"),
    (33, "Jaylin Moorcroft", "J-Moor", "m", "Black", "en", "named"),
    (34, "Vic Hathersage", "", "m", "White", "en", "named"),
    (35, "Tomas Arriveda", "", "m", "Hispanic", "es", "named"),
    (36, "Smokey Dell", "Smoke", "m", "Black", "en", "named"),
    (37, "Gwen Tolliver-Ash", "", "f", "White", "en", "named"),
    (38, "Malik Underhay", "", "m", "Black", "en", "named"),
    (39, "Sable Winterton", "", "f", "Native American", "en", "named"),
    (40, "Ephraim Locke-Dane", "Eph", "m", "Black", "en", "named"),
    (41, "Dario Pennetti", "", "m", "White", "en", "named"),
)
MILLBROOK: tuple[PlayerRow, ...] = (
    (1, "Anders Coldwell", "Cold", "m", "White", "en", "prosecute"),
    (2, "Jerome Halstead-Rye", "Rome", "m", "Black", "en", "candidate"),
    (3, "Lucia Fontanar", "Lu", "f", "Hispanic", "es", "candidate"),
    (4, "Theo Brackenridge", "", "m", "White", "en", "candidate"),
    (5, "Samir Dallow", "Sam", "m", "Other", "en", "candidate"),
    (6, "Kendrick Vale-Moss", "Ken", "m", "Black", "en", "candidate"),
    (7, "Peyton Marsden", "", "f", "White", "en", "candidate"),
    (8, "Isaias Cordwain", "Ice", "m", "Black", "en", "named"),
)
# name, tie, whose, language
INFLUENTIALS: tuple[InfluentialRow, ...] = (
    ("Marian Brightwell", "Mother", "E-07", "en"),
    ("Curtis Boone-Avery", "Boxing coach", "E-07", "en"),
    ("Ada Calloway", "Mother", "E-03", "en"),
    ("Rev. Josiah Linden", "Pastor", "E-03", "en"),
    ("Rosario Barranco", "Grandmother", "E-04", "es"),
    ("Estelle Hollis", "Grandmother", "E-13", "en"),
    ("Nadia Dunmore", "Partner", "E-11", "en"),
    ("Franklin Ivers", "Uncle", "E-19", "en"),
    ("Corinne Teller", "Sister", "E-17", "en"),
    ("Paulina Corrado", "Aunt", "E-10", "es"),
    ("Wendell Redfern", "Father", "E-14", "en"),
    ("Bernice Lorne", "Aunt", "E-21", "en"),
)
# username, name, title, agency, kind of agency, seat, cleared
TEAM: tuple[TeamRow, ...] = (
    ("tames", "Tamsin Ames", "DMI coordinator", PD, "police", "coordinator", True),
    ("aoverton", "Adele Overton", "Chief of Police", PD, "police", "police", True),
    ("lpenhale", "Lowen Penhale", "Sergeant, Narcotics", PD, "police", "police", True),
    ("mfarrow", "Mona Farrow", "Detective, Narcotics", PD, "police", "handler", True),
    ("rdale", "Ruth Dale", "Officer, Beat 22", PD, "police", "police", True),
    ("pquill", "Piers Quill", "Crime analyst", PD, "police", "police", True),
    ("rsorrel", "Rhea Sorrel", "Assistant District Attorney", DA, "prosecutor", "prosecutor", True),
    ("gtrask", "Gideon Trask", "District Attorney", DA, "prosecutor", "prosecutor", True),
    (
        "hcastel",
        "Helena Castel",
        "Assistant U.S. Attorney",
        "United States Attorney",
        "us_attorney",
        "federal_prosecutor",
        True,
    ),
    ("nbirch", "Nathan Birch", "Probation supervisor", "Marlow County Probation", "probation", "probation", True),
    ("jlinden", "Josiah Linden", "Pastor, New Hope Church", "New Hope Church", "community", "community", False),
    ("bthorne", "Bettina Thorne", "Chair, Eastgate Neighbors", "Eastgate Neighbors", "community", "community", False),
    ("jmarsh", "Joan Marsh", "Services coordinator", "Marlow Family Services", "services", "services", False),
    ("dosei", "Daniel Osei-Grant", "Job developer", "Marlow Works", "services", "services", False),
    ("ewray", "Edith Wray", "Professor of criminology", "Marlow State College", "college", "research", False),
    ("kbolt", "Kim Bolt", "Systems administrator", "City of Marlow", "city", "administrator", False),
    ("uvane", "Una Vane", "City auditor", "City of Marlow", "city", "auditor", False),
    ("fharrow", "Flora Harrow", "Council member, Ward 3", "Marlow City Council", "city", "council", False),
    # The second of each seat whose acts take two of it.
    ("owhitlock", "Orla Whitlock", "Detective, Narcotics", PD, "police", "handler", True),
    ("vmerrow", "Vera Merrow", "Records and privacy counsel", "City of Marlow", "city", "auditor", False),
    ("lketter", "Lorna Ketter", "Systems administrator", "City of Marlow", "city", "administrator", False),
)
