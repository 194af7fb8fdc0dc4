"""A few lines each in the dress of many cities' files: headings as they are released, rows made up.

For each: the file as text, then what the first row is (number, local moment, category, longitude and latitude,
address), where a city's file does not give something, None.
"""

# ruff: noqa: E501 (lines of files, as files write them)

from __future__ import annotations

from typing import NamedTuple


class Expected(NamedTuple):
    """What the first row of a file is."""

    number: str
    at: str
    category: str
    spot: tuple[float, float] | None
    address: str
    code: str = ""


class City(NamedTuple):
    """One file."""

    text: str
    first: Expected
    rows: int = 2


CITIES: dict[str, City] = {
    "chicago": City(
        "ID,Case Number,Date,Block,IUCR,Primary Type,Description,Location Description,Arrest,Domestic,Beat,District,Ward,"
        "Community Area,FBI Code,X Coordinate,Y Coordinate,Year,Updated On,Latitude,Longitude,Location\n"
        "10224738,HY411648,09/05/2015 01:30:00 PM,043XX S WOOD ST,2027,NARCOTICS,POSS: CRACK,RESIDENCE,false,true,0924,"
        '009,12,61,18,1165074,1875917,2015,02/10/2018 03:50:01 PM,41.815117282,-87.669999562,"(41.815117282, '
        '-87.669999562)"\n'
        "10224739,HY411615,09/04/2015 11:30:00 AM,008XX N CENTRAL AVE,0870,THEFT,OVER $500,CTA BUS,false,false,1511,015,"
        '29,25,06,1138875,1904869,2015,02/10/2018 03:50:01 PM,41.895080471,-87.765400451,"(41.895080471, -87.765400451)"\n',
        Expected("HY411648", "2015-09-05 13:30", "drugs", (-87.669999562, 41.815117282), "043XX S WOOD ST", "2027"),
    ),
    "new york": City(
        "CMPLNT_NUM,CMPLNT_FR_DT,CMPLNT_FR_TM,CMPLNT_TO_DT,CMPLNT_TO_TM,ADDR_PCT_CD,RPT_DT,KY_CD,OFNS_DESC,PD_CD,PD_DESC,"
        "CRM_ATPT_CPTD_CD,LAW_CAT_CD,BORO_NM,LOC_OF_OCCUR_DESC,PREM_TYP_DESC,JURIS_DESC,X_COORD_CD,Y_COORD_CD,"
        "SUSP_AGE_GROUP,SUSP_RACE,SUSP_SEX,Latitude,Longitude,Lat_Lon,PATROL_BORO,VIC_AGE_GROUP,VIC_RACE,VIC_SEX\n"
        '700381962,05/28/2015,15:00:00,,,46,06/01/2015,120,DANGEROUS DRUGS,567,"MARIJUANA, POSSESSION",COMPLETED,'
        "MISDEMEANOR,BRONX,FRONT OF,STREET,N.Y. POLICE DEPT,1009656,247603,18-24,BLACK,M,40.8459,-73.9124,"
        '"(40.8459, -73.9124)",PATROL BORO BRONX,,,\n'
        "642234217,10/28/2013,13:50:00,10/28/2013,13:50:00,120,10/28/2013,351,CRIMINAL MISCHIEF & RELATED OF,259,"
        '"CRIMINAL MISCHIEF,UNCLASSIFIED 4",COMPLETED,MISDEMEANOR,STATEN ISLAND,,HOUSE,N.Y. POLICE DEPT,957420,148000,,,'
        ',40.572,-74.105,"(40.572, -74.105)",PATROL BORO STATEN ISLAND,45-64,WHITE,F\n',
        Expected("700381962", "2015-05-28 15:00", "drugs", (-73.9124, 40.8459), "", "120"),
    ),
    "los angeles": City(
        "DR_NO,Date Rptd,DATE OCC,TIME OCC,AREA,AREA NAME,Rpt Dist No,Part 1-2,Crm Cd,Crm Cd Desc,Mocodes,Vict Age,"
        "Vict Sex,Vict Descent,Premis Cd,Premis Desc,Weapon Used Cd,Weapon Desc,Status,Status Desc,Crm Cd 1,Crm Cd 2,"
        "LOCATION,Cross Street,LAT,LON\n"
        "190326475,03/01/2020 12:00:00 AM,03/01/2020 12:00:00 AM,2130,7,Wilshire,784,1,510,VEHICLE - STOLEN,,0,M,O,101,"
        "STREET,,,AA,Adult Arrest,510,998,1900 S  LONGWOOD                     AV,,34.0375,-118.3506\n"
        "200106753,02/09/2020 12:00:00 AM,02/08/2020 12:00:00 AM,1,1,Central,182,1,330,BURGLARY FROM VEHICLE,1822,47,M,O,"
        "128,BUS STOP,400,STRONG-ARM,IC,Invest Cont,330,998,1000 S  FLOWER                       ST,,34.0444,-118.2628\n",
        Expected("190326475", "2020-03-01 21:30", "vehicle_theft", (-118.3506, 34.0375), "1900 S LONGWOOD AV", "510"),
    ),
    "los angeles calls": City(
        "Incident_Number,Area_Occ,Rpt_Dist,Dispatch_Date,Dispatch_Time,Call_Type_Code,Call_Type_Text\n"
        "PD19010100002279,N Hollywood,1566,01/01/2019,13:05:00,507P,NARCOTICS ACTIVITY\n"
        "PD19010100002280,Rampart,0245,01/01/2019,13:06:00,906B1,CODE 30 RINGER\n",
        Expected("PD19010100002279", "2019-01-01 13:05", "drugs", None, "", "507P"),
    ),
    "philadelphia": City(
        "the_geom,cartodb_id,the_geom_webmercator,objectid,dc_dist,psa,dispatch_date_time,dispatch_date,dispatch_time,"
        "hour_,dc_key,location_block,ucr_general,text_general_code,point_x,point_y,lat,lng\n"
        "0101000020E6100000A51C8299A5C752C006342AD3DCFF4340,2,0101000020110F0000F80D,114,25,3,2018-03-01 15:37:00,2018-03-01,"
        "15:37:00,15,201825017814,3400 BLOCK N MARSHALL ST,1800,Narcotic / Drug Law Violations,-75.1403,40.0012,40.0012,"
        "-75.1403\n"
        "0101000020E6100000A51C8299A5C752C006342AD3DCFF4341,4,0101000020110F0000F80D,115,22,1,2018-03-02 09:10:00,2018-03-02,"
        "09:10:00,9,201822017814,1900 BLOCK W NORRIS ST,800,Other Assaults,-75.16,39.98,39.98,-75.16\n",
        Expected("201825017814", "2018-03-01 15:37", "drugs", (-75.1403, 40.0012), "3400 BLOCK N MARSHALL ST", "1800"),
    ),
    "seattle": City(
        "Report Number,Offense ID,Offense Start DateTime,Offense End DateTime,Report DateTime,Group A B,"
        "Crime Against Category,Offense Parent Group,Offense,Offense Code,Precinct,Sector,Beat,MCPP,100 Block Address,"
        "Longitude,Latitude\n"
        "2020-044620,12605873663,02/05/2020 10:10:00 AM,,02/05/2020 11:24:31 AM,A,SOCIETY,DRUG/NARCOTIC OFFENSES,"
        "Drug/Narcotic Violations,35A,W,Q,Q1,MAGNOLIA,32XX BLOCK OF 23RD AVE W,-122.385973723,47.649386598\n"
        "2020-044452,12605598696,02/03/2020 08:00:00 AM,02/04/2020 08:00:00 AM,02/05/2020 10:06:28 AM,A,PROPERTY,"
        "LARCENY-THEFT,Theft of Motor Vehicle Parts or Accessories,23G,N,J,J3,ROOSEVELT,63XX BLOCK OF 5TH AVE NE,"
        "-122.323399063,47.675117595\n",
        Expected(
            "2020-044620",
            "2020-02-05 10:10",
            "drugs",
            (-122.385973723, 47.649386598),
            "32XX BLOCK OF 23RD AVE W",
            "35A",
        ),
    ),
    "seattle calls": City(
        "CAD Event Number,Event Clearance Description,Call Type,Priority,Initial Call Type,Final Call Type,"
        "Original Time Queued,Arrived Time,Precinct,Sector,Beat,Blurred_Longitude,Blurred_Latitude\n"
        "2019000000012,REPORT WRITTEN (NO ARREST),911,2,SHOTS - IP/JO,--NARCOTICS - DRUG SALE,01/01/2019 12:05:00 AM,"
        "Jan  1 2019 12:20AM,EAST,C,C1,-122.312,47.62\n"
        "2019000000013,UNABLE TO LOCATE,ONVIEW,3,DIST - IP,--DISTURBANCE - OTHER,01/01/2019 01:06:00 PM,"
        "Jan  1 2019  1:20PM,WEST,M,M1,-122.332,47.61\n",
        Expected("2019000000012", "2019-01-01 00:05", "drugs", (-122.312, 47.62), ""),
    ),
    "detroit": City(
        "X,Y,crime_id,report_number,address,offense_description,offense_category,state_offense_code,arrest_charge,"
        "charge_description,incident_timestamp,incident_time,day_of_week,hour_of_day,year,scout_car_area,precinct,"
        "block_id,neighborhood,council_district,zip_code,longitude,latitude,ibr_date,oid\n"
        "-83.09,42.36,3044291,1701010001,Grand River Ave & W Grand Blvd,LARCENY - THEFT FROM BUILDING,LARCENY,2303,23003,"
        "LARCENY - THEFT FROM BUILDING,2017/01/01 18:30:00+00,13:30,7,13,2017,1001,10,261635316001003,Dexter-Linwood,5,"
        "48206,-83.09,42.36,2017/01/05 00:00:00+00,1\n"
        "-83.1,42.37,3044292,1701010002,Elmhurst St & Dexter Ave,ASSAULT AND BATTERY/SIMPLE ASSAULT,ASSAULT,1301,13001,"
        "ASSAULT AND BATTERY/SIMPLE ASSAULT,2017/01/01 19:30:00+00,14:30,7,14,2017,1001,10,261635316001004,"
        "Dexter-Linwood,5,48206,-83.1,42.37,2017/01/05 00:00:00+00,2\n",
        Expected("1701010001", "2017-01-01 12:30", "theft", (-83.09, 42.36), "Grand River Ave & W Grand Blvd"),
    ),
    "detroit calls": City(
        "incident_id,agency,incident_address,zip_code,priority,callcode,calldescription,category,call_timestamp,"
        "precinct_sca,respondingunit,officerinitiated,intaketime,dispatchtime,traveltime,totalresponsetime,latitude,"
        "longitude\n"
        "201626400001,DPD,Gratiot Ave & Harper Ave,48213,2,395020,NARCOTICS SALES,NARCRPT,2016-09-20 00:00:18,0504,x,No,"
        "1.1,2.2,3.3,6.6,42.39,-83.01\n"
        "201626400002,DPD,Seven Mile E & Van Dyke,48234,3,383010,DISTURBANCE,DISTURB,2016-09-20 00:02:18,1102,x,No,1.1,2.2,"
        "3.3,6.6,42.43,-83.02\n",
        Expected("201626400001", "2016-09-20 00:00", "drugs", (-83.01, 42.39), "Gratiot Ave & Harper Ave", "395020"),
    ),
    "cincinnati": City(
        "INSTANCEID,INCIDENT_NO,DATE_REPORTED,DATE_FROM,DATE_TO,CLSD,UCR,DST,BEAT,OFFENSE,LOCATION,THEFT_CODE,FLOOR,SIDE,"
        "OPENING,HATE_BIAS,DAYOFWEEK,RPT_AREA,CPD_NEIGHBORHOOD,WEAPONS,DATE_OF_CLEARANCE,HOUR_FROM,HOUR_TO,ADDRESS_X,"
        "LONGITUDE_X,LATITUDE_X,VICTIM_AGE,VICTIM_RACE,UCR_GROUP,ZIP\n"
        "B5E0AF59-1,189001234,01/16/2018 09:20:00 AM,01/15/2018 10:10:00 PM,01/15/2018 10:20:00 PM,Z--EARLY CLOSED,810,4,"
        "4,ASSAULT,02-MULTI FAMILY DWELLING,,,,,N--NO BIAS,MONDAY,330,AVONDALE,99--NONE,,2210,2220,35XX READING RD,"
        "-84.495,39.145,18-25,BLACK,PART 2 MINOR,45229\n"
        "B5E0AF59-2,189001235,01/16/2018 10:20:00 AM,01/16/2018 08:10:00 AM,,Z--EARLY CLOSED,600,1,2,THEFT,29-PARKING LOT,"
        "23F-THEFT FROM MOTOR VEHICLE,,,,N--NO BIAS,TUESDAY,12,OTR,,,0810,0820,14XX VINE ST,-84.515,39.11,26-30,WHITE,"
        "THEFT,45202\n",
        Expected("189001234", "2018-01-15 22:10", "simple_assault", (-84.495, 39.145), "35XX READING RD", "810"),
    ),
    "baltimore": City(
        "\ufeffX,Y,RowID,CCNumber,CrimeDateTime,CrimeCode,Location,Description,Inside_Outside,Weapon,Post,Gender,Age,Race,"
        "Ethnicity,District,Neighborhood,Latitude,Longitude,GeoLocation,Premise,Total_Incidents\n"
        "1424311.5,590112.3,1,22C09051,2022/03/21 18:30:00+00,3AF,2300 EDMONDSON AVE,ROBBERY - STREET,,FIREARM,721,M,27,"
        'BLACK_OR_AFRICAN_AMERICAN,,WEST,MIDTOWN-EDMONDSON,39.2934,-76.6548,"(39.2934,-76.6548)",STREET,1\n'
        "1430311.5,591112.3,2,22C09052,2022/03/21 19:30:00+00,6D,100 N EUTAW ST,LARCENY FROM AUTO,O,,111,F,31,WHITE,,"
        'CENTRAL,DOWNTOWN,39.2914,-76.6208,"(39.2914,-76.6208)",STREET,1\n',
        Expected("22C09051", "2022-03-21 13:30", "robbery", (-76.6548, 39.2934), "2300 EDMONDSON AVE", "3AF"),
    ),
    "baltimore before 2020": City(
        "CrimeDate,CrimeTime,CrimeCode,Location,Description,Inside/Outside,Weapon,Post,District,Neighborhood,Longitude,"
        "Latitude,Location 1,Premise,vri_name1,Total Incidents\n"
        "09/02/2017,23:30:00,4E,4200 AUDREY AVE,COMMON ASSAULT,I,HANDS,913,SOUTHERN,Brooklyn,-76.60541,39.22951,"
        '"(39.22951, -76.60541)",ROW/TOWNHO,,1\n'
        "09/02/2017,2300,7A,800 NEWINGTON AVE,AUTO THEFT,,,134,CENTRAL,Reservoir Hill,-76.63217,39.31360,"
        '"(39.31360, -76.63217)",STREET,,1\n',
        Expected("", "2017-09-02 23:30", "simple_assault", (-76.60541, 39.22951), "4200 AUDREY AVE", "4E"),
    ),
    "denver": City(
        "incident_id,offense_id,offense_code,offense_code_extension,offense_type_id,offense_category_id,"
        "first_occurrence_date,last_occurrence_date,reported_date,incident_address,geo_x,geo_y,geo_lon,geo_lat,district_id,"
        "precinct_id,neighborhood_id,is_crime,is_traffic,victim_count\n"
        "2016376978,2016376978521300,5213,0,drug-heroin-possess,drug-alcohol,6/15/2016 11:31:00 PM,,6/15/2016 11:31:00 PM,"
        "1400 BLK N COLFAX AVE,3193983,1707251,-104.809881,39.773188,5,521,montbello,1,0,1\n"
        "2018602200,2018602200239900,2399,0,theft-other,larceny,10/11/2018 12:30:00 PM,10/11/2018 4:55:00 PM,1/29/2018 5:53:00"
        " PM,,3201943,1711852,-104.781434,39.785649,5,522,gateway-green-valley-ranch,1,0,2\n",
        Expected("2016376978", "2016-06-15 23:31", "drugs", (-104.809881, 39.773188), "1400 BLK N COLFAX AVE", "5213"),
    ),
    "san francisco": City(
        "Incident Datetime,Incident Date,Incident Time,Incident Year,Incident Day of Week,Report Datetime,Row ID,"
        "Incident ID,Incident Number,CAD Number,Report Type Code,Report Type Description,Filed Online,Incident Code,"
        "Incident Category,Incident Subcategory,Incident Description,Resolution,Intersection,CNN,Police District,"
        "Analysis Neighborhood,Supervisor District,Latitude,Longitude,Point\n"
        "2023/03/13 11:41:00 PM,2023/03/13,23:41,2023,Monday,2023/03/13 11:41:00 PM,125373607041,1253736,230167874,,VS,"
        "Vehicle Supplement,,16650,Drug Offense,Drug Violation,Methamphetamine Offense,Open or Active,20TH ST \\ CAPP ST,"
        "24193000,Mission,Mission,9,37.7587,-122.418,POINT (-122.418 37.7587)\n"
        "2023/03/01 05:02:00 AM,2023/03/01,05:02,2023,Wednesday,2023/03/11 03:40:00 PM,125379506374,1253795,236046151,,II,"
        'Coplogic Initial,true,06374,Larceny Theft,Larceny Theft - Other,"Theft, Other Property, >$950",Open or Active,,,'
        "Out of SF,,,,,\n",
        Expected("230167874", "2023-03-13 23:41", "drugs", (-122.418, 37.7587), "20TH ST \\ CAPP ST", "16650"),
    ),
    "new orleans": City(
        "NOPD_Item,Type,TypeText,Priority,InitialType,InitialTypeText,InitialPriority,MapX,MapY,TimeCreate,TimeDispatch,"
        "TimeArrive,TimeClosed,Disposition,DispositionText,SelfInitiated,Beat,BLOCK_ADDRESS,Zip,PoliceDistrict,Location\n"
        "A0000119,966,DRUG VIOLATIONS,1D,966,DRUG VIOLATIONS,1D,3681439,531289,01/01/2019 12:00:24 PM,01/01/2019 12:01:24 PM,"
        ",01/01/2019 01:00:24 PM,NAT,Necessary Action Taken,N,5G02,Desire St & N Dorgenois St,70117,5,"
        "POINT (-90.0385 29.9756)\n"
        "A0000219,94,DISCHARGING FIREARM,2D,94,DISCHARGING FIREARM,2D,3681440,531280,01/01/2019 12:00:44 AM,,,,UNF,Unfounded,N,"
        "2U04,0XX Maple St,70118,2,POINT (-90.03 29.97)\n",
        Expected("A0000119", "2019-01-01 12:00", "drugs", (-90.0385, 29.9756), "Desire St & N Dorgenois St", "966"),
    ),
    "boston": City(
        "INCIDENT_NUMBER,OFFENSE_CODE,OFFENSE_CODE_GROUP,OFFENSE_DESCRIPTION,DISTRICT,REPORTING_AREA,SHOOTING,"
        "OCCURRED_ON_DATE,YEAR,MONTH,DAY_OF_WEEK,HOUR,UCR_PART,STREET,Lat,Long,Location\n"
        'I182070945,01843,Drug Violation,"DRUGS - POSS CLASS B",D14,808,0,2018-09-02 13:00:00,2018,9,Sunday,13,Part Two,'
        'LINCOLN ST,42.35779134,-71.13937053,"(42.35779134, -71.13937053)"\n'
        "I182070943,00520,Residential Burglary,BURGLARY - RESIDENTIAL - FORCE,C11,347,0,2018-08-21 00:00:00,2018,8,Tuesday,0,"
        'Part One,HECLA ST,42.30682138,-71.06030035,"(42.30682138, -71.06030035)"\n',
        Expected("I182070945", "2018-09-02 13:00", "drugs", (-71.13937053, 42.35779134), "LINCOLN ST", "01843"),
    ),
    "minneapolis": City(
        "X,Y,publicaddress,caseNumber,precinct,reportedDate,reportedTime,beginDate,reportedDateTime,beginTime,offense,"
        "description,UCRCode,enteredDate,GBSID,centerLong,centerLat,centerX,centerY,neighborhood,lastchanged,OBJECTID\n"
        "-93.27,44.98,0012XX HENNEPIN AVE,MP2019123,01,2019/01/02 00:00:00+00,15:01:00,2019/01/01 00:00:00+00,"
        "2019/01/02 15:01:00+00,13:05:00,ROBPER,Robbery Of Person,3,2019/01/03 00:00:00+00,17771,-93.27,44.98,-10383000,"
        "5618000,Downtown West,2019/01/04 00:00:00+00,1\n"
        "-93.28,44.97,0022XX LYNDALE AVE S,MP2019124,05,2019/01/02 00:00:00+00,16:01:00,2019/01/02 00:00:00+00,"
        "2019/01/02 16:01:00+00,00:05:00,THFTSM,Theft By Swindle,6,2019/01/03 00:00:00+00,17772,-93.28,44.97,-10384000,"
        "5618100,Lowry Hill East,2019/01/04 00:00:00+00,2\n",
        Expected("MP2019123", "2019-01-01 13:05", "robbery", (-93.27, 44.98), "0012XX HENNEPIN AVE"),
    ),
    "minneapolis since 2022": City(
        "Type,Case_Number,Case_NumberAlt,Reported_Date,Occurred_Date,NIBRS_Crime_Against,NIBRS_Group,NIBRS_Code,"
        "Offense_Category,Offense,Problem_Initial,Problem_Final,Address,Precinct,Neighborhood,Ward,Latitude,Longitude,"
        "wgsXAnon,wgsYAnon,Crime_Count,OBJECTID\n"
        "Crime Offenses (NIBRS),MP-2022-1,22-1,2022/02/01 12:00:00+00,2022/01/31 18:30:00+00,Society,A,35A,Drug Offenses,"
        "Drug/Narcotic Violations,Drugs,Drugs,0012XX HENNEPIN AVE,1,Downtown West,7,44.98,-93.27,-10383000,5618000,1,1\n"
        "Crime Offenses (NIBRS),MP-2022-2,22-2,2022/02/01 12:00:00+00,2022/01/31 19:30:00+00,Person,A,13B,"
        "Assault Offenses,Simple Assault,Fight,Fight,0013XX HENNEPIN AVE,1,Downtown West,7,44.98,-93.27,-10383000,5618000,2,"
        "2\n",
        Expected("MP-2022-1", "2022-01-31 12:30", "drugs", (-93.27, 44.98), "0012XX HENNEPIN AVE", "35A"),
    ),
    "kansas city": City(
        "Report_No,Reported_Date,Reported_Time,From_Date,From_Time,To_Date,To_Time,Offense,IBRS,Description,Beat,Address,"
        "City,Zip Code,Rep_Dist,Area,DVFlag,Involvement,Race,Sex,Age,Fire Arm Used Flag,Location\n"
        "KC19000123,01/03/2019,09:15,01/01/2019,22:40,,,Possession/Sale/Dist,35A,Possess Controlled Substance,132,"
        "1200 MAIN ST,KANSAS CITY,64105,PJ1031,CPD,U,SUS,B,M,31,N,POINT (-94.583 39.099)\n"
        'KC19000124,01/03/2019,10:15,01/02/2019,00:10,,,Burglary - Residence,220,Burglary,212,"3400 PROSPECT AVE",'
        'KANSAS CITY,64128,PJ2031,EPD,U,VIC,B,F,41,N,"3400 PROSPECT AVE\nKANSAS CITY\n(39.0669, -94.5558)"\n',
        Expected("KC19000123", "2019-01-01 22:40", "drugs", (-94.583, 39.099), "1200 MAIN ST", "35A"),
    ),
    "tucson": City(
        "X,Y,OBJECTID,INCI_ID,DATE_REPT,TIME_REPT,DATE_OCCU,TIME_OCCU,STATUTE,STATUTDESC,CrimeCategory,UCRSummary,ADDRESS_"
        "PUBLIC,DIVISION,WARD,NHA_NAME,NEIGHBORHD\n"
        "-110.97,32.22,1,1901010012,2019/01/02 07:00:00+00,0910,2019/01/01 06:00:00+00,1305,13-3408A1,"
        "NARC DRUG-POSSESS/USE,Narcotics,18 - Drug,400 E 22ND ST,SOUTH,5,Santa Rita,SANTA RITA\n"
        "-110.96,32.21,2,1901010013,2019/01/02 07:00:00+00,0920,2019/01/01 06:00:00+00,0005,13-1802A1,THEFT-CONTROL "
        "PROPERTY,Larceny,06 - Larceny,500 E 22ND ST,SOUTH,5,Santa Rita,SANTA RITA\n",
        Expected("1901010012", "2019-01-01 13:05", "drugs", (-110.97, 32.22), "400 E 22ND ST", "13-3408A1"),
    ),
    "austin": City(
        "Incident Number,Highest Offense Description,Highest Offense Code,Family Violence,Occurred Date Time,Occurred Date,"
        "Occurred Time,Report Date Time,Report Date,Report Time,Location Type,Address,Zip Code,Council District,APD Sector,"
        "APD District,PRA,Census Tract,Clearance Status,Clearance Date,UCR Category,Category Description,X-coordinate,"
        "Y-coordinate,Latitude,Longitude,Location\n"
        "20191234567,POSS CONTROLLED SUB/NARCOTIC,1800,N,05/01/2019 10:15:00 PM,05/01/2019,2215,05/01/2019 11:15:00 PM,"
        "05/01/2019,2315,STREETS / HWY,700 E 7TH ST,78701,9,GE,2,343,11,C,,,,3115000,10070000,30.2672,-97.7361,"
        '"(30.2672, -97.7361)"\n'
        "20191234568,BURGLARY OF VEHICLE,601,N,05/01/2019 01:15:00 AM,05/01/2019,115,05/01/2019 02:15:00 AM,05/01/2019,215,"
        'PARKING,800 E 7TH ST,78701,9,GE,2,343,11,N,,23F,Theft,3115100,10070100,30.2673,-97.7351,"(30.2673, -97.7351)"\n',
        Expected("20191234567", "2019-05-01 22:15", "drugs", (-97.7361, 30.2672), "700 E 7TH ST", "1800"),
    ),
    "washington": City(
        "X,Y,CCN,REPORT_DAT,SHIFT,METHOD,OFFENSE,BLOCK,XBLOCK,YBLOCK,WARD,ANC,DISTRICT,PSA,NEIGHBORHOOD_CLUSTER,BLOCK_GROUP,"
        "CENSUS_TRACT,VOTING_PRECINCT,LATITUDE,LONGITUDE,BID,START_DATE,END_DATE,OBJECTID,OCTO_RECORD_ID\n"
        "-8573000.1,4706000.2,19001234,2019/01/05 12:00:00+00,DAY,OTHERS,THEFT F/AUTO,1300 - 1399 BLOCK OF H STREET NE,"
        "400500,136500,6,6A,1,104,Cluster 25,008302 1,008302,Precinct 82,38.9004,-76.9874,,2019/01/04 20:30:00+00,"
        "2019/01/05 10:00:00+00,1,19001234-01\n"
        "-8574000.1,4706500.2,19001235,2019/01/05 13:00:00+00,DAY,KNIFE,ASSAULT W/DANGEROUS WEAPON,100 - 199 BLOCK OF K STREET NW,"
        "400600,136600,6,6A,1,104,Cluster 25,008302 1,008302,Precinct 82,38.9014,-76.9864,,2019/01/04 21:30:00+00,"
        "2019/01/05 10:00:00+00,2,19001235-01\n",
        Expected("19001234", "2019-01-04 14:30", "theft", (-76.9874, 38.9004), "1300 - 1399 BLOCK OF H STREET NE"),
    ),
    "atlanta": City(
        "offense_id,rpt_date,occur_date,occur_time,poss_date,poss_time,beat,apt_office_num,location,MinOfucr,MinOfibr_code,"
        "dispo_code,MaxOfnum_victims,Shift,Avg Day,loc_type,UC2_Literal,neighborhood,npu,x,y\n"
        "172490115,9/7/2017,9/6/2017,13:00:00,9/7/2017,9:00:00,603,,1293 HARDEE ST NE,0640,2305,,1,Day,Thu,18,"
        "LARCENY-FROM VEHICLE,Edgewood,O,-84.34773,33.75734\n"
        "172490265,9/7/2017,9/7/2017,0:30:00,9/7/2017,1:00:00,203,,1169 ATLANTIC DR NW,0460,1315,,1,Morn,Thu,26,"
        "AGG ASSAULT,Home Park,E,-84.39745,33.78674\n",
        Expected("172490115", "2017-09-06 13:00", "theft", (-84.34773, 33.75734), "1293 HARDEE ST NE"),
    ),
    "portland": City(
        "Address,CaseNumber,CrimeAgainst,Neighborhood,OccurDate,OccurTime,OffenseCategory,OffenseType,OpenDataLat,"
        "OpenDataLon,OpenDataX,OpenDataY,ReportDate,OffenseCount\n"
        "300 BLOCK OF SW MORRISON ST,18-X5555,Society,Downtown,5/6/2018,930,Drug/Narcotic Offenses,"
        "Drug/Narcotic Violations,45.518,-122.677,7644000,682000,5/7/2018,1\n"
        "400 BLOCK OF SW MORRISON ST,18-X5556,Property,Downtown,5/6/2018,2230,Vandalism,Vandalism,45.519,-122.678,7644100,"
        "682100,5/7/2018,3\n",
        Expected("18-X5555", "2018-05-06 09:30", "drugs", (-122.677, 45.518), "300 BLOCK OF SW MORRISON ST"),
    ),
    "dallas": City(
        "Incident Number w/year,Year of Incident,Service Number ID,Watch,Call (911) Problem,Type of Incident,Type Location,"
        "Type of Property,Incident Address,Apartment Number,Reporting Area,Beat,Division,Sector,Council District,"
        "Target Area Action Grids,Community,Date1 of Occurrence,Year1 of Occurrence,Time1 of Occurrence,Day1 of the Week,"
        "Date of Report,Responding Officer #1  Badge No,Offense Status,UCR Offense Name,NIBRS Crime,NIBRS Code,"
        "X Coordinate,Y Cordinate,Zip Code,City,State,Location1\n"
        "012345-2020,2020,012345-2020-01,3,58 - ROUTINE INVESTIGATION,POSS CONT SUB PEN GRP 1 <1G,Highway Street,N/A,"
        "2600 MAIN ST,,2060,112,CENTRAL,110,D2,,,2020-01-15 00:00:00.0000000,2020,22:05,Wed,2020-01-16 01:05:00.0000000,"
        "10101,Clear by Arrest,NARCOTICS,DRUG/ NARCOTIC VIOLATIONS,35A,2495000.1,6970000.2,75226,DALLAS,TX,"
        '"2600 MAIN ST\nDALLAS, TX 75226\n(32.784, -96.784)"\n'
        "012346-2020,2020,012346-2020-01,3,09 - THEFT,THEFT OF PROP > OR EQUAL $100,Highway Street,N/A,2700 MAIN ST,,2060,112,"
        "CENTRAL,110,D2,,,2020-01-16 00:00:00.0000000,2020,09:05,Thu,2020-01-16 11:05:00.0000000,10102,Suspended,THEFT,"
        'ALL OTHER LARCENY,23H,2495100.1,6970100.2,75226,DALLAS,TX,"2700 MAIN ST\nDALLAS, TX 75226\n(32.785, -96.783)"\n',
        Expected("012345-2020", "2020-01-15 22:05", "drugs", (-96.784, 32.784), "2600 MAIN ST", "35A"),
    ),
}
