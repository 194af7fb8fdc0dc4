"""The same for exports of dispatch and records systems: other separators, encodings, titles, spellings, workbooks."""

# ruff: noqa: E501 (lines of files, as files write them)

from __future__ import annotations

from tests.targeting.crime_mapping.cities import City, Expected

DISPATCH = Expected("26-0001", "2018-03-01 13:05", "drugs", (-90.27, 38.65), "812 CALDER ST")
_PLACED = ",812 CALDER ST,-90.27,38.65\n"


def _dispatch(when: str, second: str = "3/2/2018 0:10") -> City:
    head = "Inc #,Call Date,Nature of Call,Address,Longitude,Latitude\n"
    return City(f"{head}26-0001,{when},Drug Activity{_PLACED}26-0002,{second},Loud Noise{_PLACED}", DISPATCH)


EXPORTS: dict[str, City] = {
    "month first": _dispatch("3/1/2018 13:05"),
    "with am and pm": _dispatch("03/01/2018 1:05 PM"),
    "with am and pm close": _dispatch("Mar  1 2018  1:05PM"),
    "in words": _dispatch('"Thu, March 1, 2018 1:05 PM"'),
    "a day in words and the time": _dispatch("Thursday 03/01/2018 13:05"),
    "iso": _dispatch("2018-03-01T13:05:00"),
    "iso with thousandths": _dispatch("2018-03-01T13:05:00.000"),
    "utc": _dispatch("2018-03-01T19:05:00Z"),
    "utc with thousandths": _dispatch("2018-03-01T19:05:00.000Z"),
    "an offset": _dispatch("2018-03-01T13:05:00-06:00"),
    "a short offset": _dispatch("2018/03/01 19:05:00+00"),
    "a zone by name": _dispatch("2018-03-01 13:05 CST"),
    "milliseconds": _dispatch("1519931100000"),
    "seconds": _dispatch("1519931100"),
    "a spreadsheet's day": _dispatch("43160.545138888891"),
    "a dash before the time": _dispatch("03/01/2018 - 13:05"),
    "an at before the time": _dispatch("03/01/2018 @ 1305 hrs"),
    "closed up": _dispatch("20180301130500"),
    "closed up with a T": _dispatch("20180301T130500"),
    "military": _dispatch("01MAR2018 1305"),
    "oracle": _dispatch("01-MAR-18 01.05.00.000000 PM"),
    "dots": _dispatch("03.01.2018 13.05"),
    "day first": City(
        "Ref No,Date,Offence,Address,Longitude,Latitude\n26-0001,01/03/2018 13:05,Drug possession"
        f"{_PLACED}26-0002,25/03/2018 10:00,Burglary{_PLACED}",
        DISPATCH,
    ),
    "dispatch": City(
        "Event ID,Received,Call Type,Nature,Disp,Zone,Location,Lat,Lng,Caller Name,Caller Phone\n"
        "26-0001,03/01/2018 13:05:00,DRG,Drug activity in progress,GOA,22,812 CALDER ST,38.65,-90.27,Jane Roe,555-0100\n"
        "26-0002,03/01/2018 13:09:00,NOI,Noise complaint,RPT,22,814 CALDER ST,38.65,-90.27,John Roe,555-0101\n",
        DISPATCH._replace(code="DRG"),
    ),
    "a preamble": City(
        "City of Marlow Police Department\nCalls for Service Report\nPrinted: 04/01/2018 08:00,Page 1\n\n"
        " INCIDENT  NO , Rcvd Date ,Rcvd Time,PROBLEM TYPE,Street Address,X Long,Y Lat\n"
        f"26-0001,03/01/2018,1305,Narcotics{_PLACED}26-0002,03/01/2018,5,Trespass{_PLACED}"
        "Total,,,2,,,\n",
        DISPATCH,
        3,
    ),
    "semicolons": City(
        "incident_number;date_time;call_description;incident_location;geo_location\n"
        '26-0001;2018-03-01 13:05;Drugs - sale;812 CALDER ST;"38.65, -90.27"\n'
        '26-0002;2018-03-01 13:15;Shots fired;814 CALDER ST;"38.65, -90.27"\n',
        DISPATCH,
    ),
    "pipes": City(
        "IncidentNum|OccurDateTime|OffenseDescription|BlockAddress|WKT\n"
        "26-0001|2018-03-01 13:05:00|POSS COCAINE|812 CALDER ST|POINT(-90.27 38.65)\n"
        "26-0002|2018-03-01 14:05:00|BURGLARY|814 CALDER ST|POINT(-90.27 38.65)\n",
        DISPATCH,
    ),
    "tabs": City(
        "CASE #\tOCCURRED\tCHARGE DESC\tADDRESS\tCOORDINATES\n"
        "26-0001\t03/01/2018 1:05:00 PM\tDRUG POSSESSION\t812 CALDER ST\t38.65;-90.27\n"
        "26-0002\t03/01/2018 1:15:00 PM\tLARCENY\t814 CALDER ST\t38.65;-90.27\n",
        DISPATCH,
    ),
    "no number and no heading for the place": City(
        "offense_date,offense_time,offense,block\n03/01/2018,1:05 PM,DRUG EQUIPMENT,8XX CALDER ST\n"
        "03/01/2018,1:05 PM,ROBBERY,9XX CALDER ST\n",
        Expected("", "2018-03-01 13:05", "drugs", None, "8XX CALDER ST"),
    ),
    "hours alone": City(
        "Report Number,Occurred Date,Occurred Hour,Offense Type,Hundred Block,Street Name,Longitude,Latitude\n"
        "26-0001,03/01/2018,13,Drug violation,800,CALDER ST,-90.27,38.65\n"
        "26-0002,03/01/2018,0,Vandalism,900,CALDER ST,-90.27,38.65\n",
        Expected("26-0001", "2018-03-01 13:00", "drugs", (-90.27, 38.65), "800 CALDER ST"),
    ),
    "begin and end": City(
        "AgencyCaseNumber;DateReported;DateFrom;DateTo;StatuteDescription;NIBRS;StreetNumber;StreetDir;StreetName;"
        "StreetType;CrossStreet;PointX;PointY\n"
        "26-0001;03/02/2018;03/01/2018 13:05;03/01/2018 14:00;Possession of a controlled substance;35A;812;N;CALDER;ST;;"
        "-90.27;38.65\n"
        "26-0002;03/02/2018;03/01/2018 15:05;;Stealing;23H;814;N;CALDER;ST;;-90.27;38.65\n",
        Expected("26-0001", "2018-03-01 13:05", "drugs", (-90.27, 38.65), "812 N CALDER ST", "35A"),
    ),
    "degrees called x and y": City(
        "EventNum,EventDate,EventType,EventAddr,X_Coordinate,Y_Coordinate\n"
        f"26-0001,2018-03-01 13:05:00,NARCOTICS{_PLACED}26-0002,2018-03-01 14:05:00,FIGHT{_PLACED}",
        DISPATCH,
    ),
    "decimal commas": City(
        "Nummer;Date;Offense;Address;Longitude;Latitude\n"
        "26-0001;01.03.2018 13:05;Drug offence;812 CALDER ST;-90,27;38,65\n"
        "26-0002;21.03.2018 13:05;Theft;812 CALDER ST;-90,27;38,65\n",
        DISPATCH._replace(number=""),
    ),
    "a text only": City(
        'Report #,Date/Time,Description of Call,Location\n26-0001,3/1/2018 13:05,DRUGS,"812 CALDER ST (38.65, -90.27)"\n'
        '26-0002,3/1/2018 14:05,NOISE,"814 CALDER ST (38.65, -90.27)"\n',
        DISPATCH,
    ),
}
