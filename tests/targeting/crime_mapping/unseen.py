"""Files nobody here has seen before, as a newcomer's records system may write them; rows made up.

The text is written in `encoding`; `city` says whether the city's boundaries must be there for the place to be found.
"""

# ruff: noqa: E501 (lines of files, as files write them)

from __future__ import annotations

from typing import NamedTuple

from tests.targeting.crime_mapping.cities import Expected

SPOT = (-90.27, 38.65)
DRUGS = Expected("26-0001", "2018-03-01 13:05", "drugs", SPOT, "812 CALDER ST")


class Unseen(NamedTuple):
    """One file: its text, its first row, how many rows are read and how many of them come in."""

    text: str
    first: Expected
    rows: int = 2
    imported: int = 2
    encoding: str = "utf-8"
    city: bool = False


UNSEEN: dict[str, Unseen] = {
    "st louis since 2021": Unseen(
        "IncidentNum,IncidentDate,OccurredFromTime,OccurredToTime,Offense,NIBRS,CrimeAgainst,FelMisdCit,PrimaryLocation,"
        "SecondaryLocation,District,Neighborhood,IncidentNature,Latitude,Longitude,FirearmUsed\n"
        "21-000123,01/05/2021,01/05/2021 1:05 PM,01/05/2021 1:15 PM,DRUG/NARCOTIC VIOLATIONS,35A,Society,Felony,812 CALDER ST,,"
        "5,Academy,DRUG POSSESSION,38.65,-90.27,No\n"
        "21-000124,01/05/2021,01/05/2021 2:05 PM,01/05/2021 2:15 PM,ROBBERY,120,Property,Felony,CALDER ST @ MAIN ST,,"
        "5,Academy,ROBBERY 1ST DEGREE,38.65,-90.27,Yes\n",
        Expected("21-000123", "2021-01-05 13:05", "drugs", SPOT, "812 CALDER ST", "35A"),
    ),
    "st louis since 2021, times alone": Unseen(
        "IncidentNum,IncidentNature,IncidentDate,OccurredFromTime,OccurredToTime,CrimeGrade,PrimaryLocation,SecondaryLocation,"
        "District,Neighborhood,NbhdNum,Offense,NIBRS,NIBRSCat,NIBRSCategory,CrimeAgainst,SRS_UCR,FelMisdCit,"
        "IncidentTopSRS_UCR,IncidentSupplemented,LastSuppDate,VictimNum,FirearmUsed,IncidentLocation,Latitude,Longitude\n"
        "22001234,Drugs,2022-03-01,13:05:00,13:30:00,Attempted,812 CALDER ST,,4,Downtown,35,DRUG EQUIPMENT VIOLATIONS,35B,"
        "Group A,Drug/Narcotic Offenses,Society,18,Felony,18,No,,0,No,812 CALDER ST,38.65,-90.27\n"
        "22001235,Assault,2022-03-01,14:05:00,14:30:00,Completed,814 CALDER ST,,4,Downtown,35,SIMPLE ASSAULT,13B,"
        "Group A,Assault Offenses,Person,9,Misdemeanor,9,No,,1,No,814 CALDER ST,38.65,-90.27\n",
        Expected("22001234", "2022-03-01 13:05", "drugs", SPOT, "812 CALDER ST", "35B"),
    ),
    "title lines and a filter line": Unseen(
        "Marlow Police Department,,,,,\nIncident Listing by Date,,,,,\nFrom: 03/01/2018,To: 03/31/2018,,,,\n\n"
        "Case Number,Reported,Occurred,Offense,Address,GPS\n"
        '26-0001,3/2/2018 8:00,3/1/2018 13:05,DRUGS - SALE,812 CALDER ST,"38.650000, -90.270000"\n'
        '26-0002,3/2/2018 9:00,3/1/2018 13:15,LARCENY,814 CALDER ST,"38.650000, -90.270000"\n',
        DRUGS,
    ),
    "a totals row behind": Unseen(
        "Case Number,Occurred,Offense,Address,Longitude,Latitude\n"
        "26-0001,3/1/2018 13:05,DRUGS - SALE,812 CALDER ST,-90.27,38.65\n"
        "26-0002,3/1/2018 13:15,LARCENY,814 CALDER ST,-90.27,38.65\n"
        "Grand Total:,,2,,,\n,,,,,\nPrinted by records on 4/1/2018,,,,,\n",
        DRUGS,
        rows=5,
    ),
    "semicolons, decimal commas, day first": Unseen(
        "Nr;Datum/Date;Time;Offence;Address;Longitude;Latitude\n"
        "26-0001;01.03.2018;13:05;Drugs sale;812 CALDER ST;-90,27;38,65\n"
        "26-0002;25.03.2018;14:05;Theft;814 CALDER ST;-90,27;38,65\n",
        DRUGS,
    ),
    "utf-16 with tabs": Unseen(
        "Event No\tCall Date\tCall Time\tNature\tLocation\tLon\tLat\n"
        "26-0001\t03/01/2018\t13:05\tDrug activity\t812 CALDER ST\t-90.27\t38.65\n"
        "26-0002\t03/01/2018\t14:05\tNoise\t814 CALDER ST\t-90.27\t38.65\n",
        DRUGS,
        encoding="utf-16",
    ),
    "utf-16 without a mark": Unseen(
        "Event No,Call Date,Call Time,Nature,Location,Lon,Lat\n"
        "26-0001,03/01/2018,13:05,Drug activity,812 CALDER ST,-90.27,38.65\n"
        "26-0002,03/01/2018,14:05,Noise,814 CALDER ST,-90.27,38.65\n",
        DRUGS,
        encoding="utf-16-le",
    ),
    "a word about the separator": Unseen(
        "sep=;\nEvent No;Call Date;Nature;Location;Lon;Lat\n"
        "26-0001;03/01/2018 13:05;Drug activity;812 CALDER ST;-90.27;38.65\n"
        "26-0002;03/01/2018 14:05;Noise;814 CALDER ST;-90.27;38.65\n",
        DRUGS,
    ),
    "spreadsheet days and parts of a day": Unseen(
        "Report #,Date Occurred,Time Occurred,Crime,Block,Long,Lat\n"
        "26-0001,43160,0.545138888888889,Drug sale,812 CALDER ST,-90.27,38.65\n"
        "26-0002,43161,0.25,Burglary,814 CALDER ST,-90.27,38.65\n",
        DRUGS,
    ),
    "both coordinates under Lat/Long": Unseen(
        "Incident #,Date/Time,Type of Incident,Where,Lat/Long\n"
        '26-0001,2018-03-01 1:05 PM,Narcotics,812 CALDER ST,"(38.65, -90.27)"\n'
        '26-0002,2018-03-01 2:05 PM,Theft,814 CALDER ST,"(38.65, -90.27)"\n',
        DRUGS,
    ),
    "well-known text with a system": Unseen(
        "objectid,event_number,event_start,event_type_desc,block_addr,shape_wkt\n"
        '1,26-0001,2018-03-01T13:05:00,DRUG VIOLATION,812 CALDER ST,"SRID=4326;POINT (-90.27 38.65)"\n'
        '2,26-0002,2018-03-01T14:05:00,BURGLARY,814 CALDER ST,"SRID=4326;POINT (-90.27 38.65)"\n',
        DRUGS,
    ),
    "points with height": Unseen(
        "event_number,event_start,event_type_desc,block_addr,geom\n"
        "26-0001,2018-03-01T13:05:00,DRUG VIOLATION,812 CALDER ST,POINT Z (-90.27 38.65 140.2)\n"
        "26-0002,2018-03-01T14:05:00,BURGLARY,814 CALDER ST,POINT Z (-90.27 38.65 141.0)\n",
        DRUGS,
    ),
    "a point as JSON": Unseen(
        "event_number,event_start,event_type_desc,block_addr,location\n"
        '26-0001,2018-03-01T13:05:00,DRUG VIOLATION,812 CALDER ST,"{""type"": ""Point"", ""coordinates"": [-90.27, 38.65]}"\n'
        '26-0002,2018-03-01T14:05:00,BURGLARY,814 CALDER ST,"{""type"": ""Point"", ""coordinates"": [-90.27, 38.65]}"\n',
        DRUGS,
    ),
    "a map service's own names": Unseen(
        "location,event_number,event_start,event_type_desc,block_addr\n"
        "\"{'latitude': '38.65', 'longitude': '-90.27', 'needs_recoding': False}\",26-0001,2018-03-01T13:05:00,DRUG VIOLATION,812 CALDER ST\n"
        "\"{'latitude': '38.65', 'longitude': '-90.27', 'needs_recoding': False}\",26-0002,2018-03-01T14:05:00,BURGLARY,814 CALDER ST\n",
        DRUGS,
    ),
    "separate day and 24 hour clock": Unseen(
        "COMPLAINT,OCC_DT,OCC_TM,RPT_DT,RPT_TM,UCR_DESC,LOC,XLONG,YLAT\n"
        "26-0001,20180301,1305,20180302,0801,DRUGS,812 CALDER ST,-90.27,38.65\n"
        "26-0002,20180301,5,20180302,0901,THEFT,814 CALDER ST,-90.27,38.65\n",
        DRUGS,
    ),
    "hundred blocks in two columns": Unseen(
        "CaseNo,OffenseDate,OffenseTime,OffenseDesc,HundredBlock,StreetName,Lon,Lat\n"
        "26-0001,3/1/2018,13:05,Drug Poss,800,CALDER ST,-90.27,38.65\n"
        "26-0002,3/1/2018,14:05,Burglary,900,CALDER ST,-90.27,38.65\n",
        DRUGS._replace(address="800 CALDER ST"),
    ),
    "thousands separators in projected coordinates": Unseen(
        "CaseNo,OffenseDate,OffenseDesc,Address,X Coord,Y Coord\n"
        '26-0001,3/1/2018 13:05,Drug Poss,812 CALDER ST,"885,892.4","1,025,602.4"\n'
        '26-0002,3/1/2018 14:05,Burglary,814 CALDER ST,"885,892.4","1,025,602.4"\n'
        '26-0003,3/1/2018 15:05,Burglary,816 CALDER ST,"885,893.4","1,025,603.4"\n'
        '26-0004,3/1/2018 15:05,Burglary,818 CALDER ST,"885,894.4","1,025,604.4"\n',
        DRUGS,
        rows=4,
        imported=4,
        city=True,
    ),
    "a longitude without its minus": Unseen(
        "CaseNo,OffenseDate,OffenseDesc,Address,Longitude,Latitude\n"
        "26-0001,3/1/2018 13:05,Drug Poss,812 CALDER ST,90.27,38.65\n"
        "26-0002,3/1/2018 14:05,Burglary,814 CALDER ST,90.27,38.65\n",
        DRUGS,
        city=True,
    ),
    "degrees with letters": Unseen(
        "CaseNo,OffenseDate,OffenseDesc,Address,Longitude,Latitude\n"
        "26-0001,3/1/2018 13:05,Drug Poss,812 CALDER ST,90.27° W,38.65° N\n"
        "26-0002,3/1/2018 14:05,Burglary,814 CALDER ST,90.27° W,38.65° N\n",
        DRUGS,
    ),
    "words for nothing": Unseen(
        "CaseNo,CallTime,CallType,Address,Longitude,Latitude\n"
        "26-0001,3/1/2018 13:05,Drug Activity,812 CALDER ST,-90.27,38.65\n"
        "26-0002,3/1/2018 14:05,Loud Music,814 CALDER ST,NULL,NULL\n"
        "26-0003,3/1/2018 14:05,Loud Music,814 CALDER ST,Unknown,Unknown\n"
        "26-0004,NULL,Loud Music,814 CALDER ST,#N/A,#N/A\n",
        DRUGS,
        rows=4,
        imported=3,
    ),
    "millionths of a degree": Unseen(
        "CaseNo,CallTime,CallType,Address,Longitude,Latitude\n"
        "26-0001,3/1/2018 13:05,Drug Activity,812 CALDER ST,-90270000,38650000\n"
        "26-0002,3/1/2018 14:05,Loud Music,814 CALDER ST,-90270000,38650000\n",
        DRUGS,
    ),
    "cp1252 with dashes of its own": Unseen(
        "Case No,Date Occurred,Offense,Address,Longitude,Latitude\n"
        "26-0001,3/1/2018 13:05,DRUG – SALE,812 CALDER ST,-90.27,38.65\n"
        "26-0002,3/1/2018 14:05,THEFT – “OTHER”,814 CALDER ST,-90.27,38.65\n",
        DRUGS,
        encoding="cp1252",
    ),
    "headings on two lines": Unseen(
        '"Case\nNumber","Date\nOccurred","Time\nOccurred",Offense,"Street\nAddress",Longitude,Latitude\n'
        "26-0001,3/1/2018,13:05,DRUG SALE,812 CALDER ST,-90.27,38.65\n"
        "26-0002,3/1/2018,14:05,THEFT,814 CALDER ST,-90.27,38.65\n",
        DRUGS,
    ),
    "headings again on each page": Unseen(
        "Case No,Date Occurred,Offense,Address,Longitude,Latitude\n"
        "26-0001,3/1/2018 13:05,DRUG SALE,812 CALDER ST,-90.27,38.65\n"
        "Case No,Date Occurred,Offense,Address,Longitude,Latitude\n"
        "26-0002,3/1/2018 14:05,THEFT,814 CALDER ST,-90.27,38.65\n",
        DRUGS,
        rows=3,
    ),
    "two words for the same day": Unseen(
        "Case No,Date From,Time From,Date To,Time To,Date Reported,Offense,Address,Longitude,Latitude\n"
        "26-0001,3/1/2018,1305,3/1/2018,1400,3/2/2018,DRUG SALE,812 CALDER ST,-90.27,38.65\n"
        "26-0002,3/1/2018,1405,3/1/2018,1500,3/2/2018,THEFT,814 CALDER ST,-90.27,38.65\n",
        DRUGS,
    ),
    "year, month and day apart": Unseen(
        "Case No,Year,Month,Day,Hour,Minute,Offense,Address,Longitude,Latitude\n"
        "26-0001,2018,3,1,13,5,DRUG SALE,812 CALDER ST,-90.27,38.65\n"
        "26-0002,2018,3,1,14,5,THEFT,814 CALDER ST,-90.27,38.65\n",
        DRUGS,
    ),
    "a crossing in two columns": Unseen(
        "CFS_ID,CREATE_TIME,FINAL_CALL_TYPE,STREET_1,STREET_2,LATITUDE,LONGITUDE\n"
        "26-0001,2018-03-01 13:05:00,NARCOTICS,CALDER ST,MAIN ST,38.65,-90.27\n"
        "26-0002,2018-03-01 14:05:00,DISTURBANCE,CALDER ST,OAK ST,38.65,-90.27\n",
        DRUGS._replace(address="CALDER ST / MAIN ST"),
    ),
    "spanish headings": Unseen(
        "Numero,Fecha,Hora,Delito,Direccion,Longitud,Latitud\n"
        "26-0001,2018-03-01,13:05,DRUG SALE,812 CALDER ST,-90.27,38.65\n"
        "26-0002,2018-03-01,14:05,THEFT,814 CALDER ST,-90.27,38.65\n",
        DRUGS,
    ),
}  # fmt: skip
