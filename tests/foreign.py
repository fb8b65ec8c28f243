"""Tables under the exact headers of ACLED, GTD and UCDP GED; the rows are made up."""

import csv
import io
from collections.abc import Mapping, Sequence

ACLED_SINCE_2023 = """
event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,
inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,
location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp
""".replace("\n", "").split(",")
ACLED_BEFORE_2023 = """
data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,
assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,
latitude,longitude,geo_precision,source,source_scale,notes,fatalities,timestamp,iso3
""".replace("\n", "").split(",")
ACLED_ROW = {
    "data_id": "7001",
    "event_id_cnty": "SYR1",
    "event_id_no_cnty": "1",
    "event_date": "2023-01-31",
    "year": "2023",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "A Made-up Brigade",
    "assoc_actor_1": "",
    "inter1": "Rebel group",
    "actor2": "Made-up Forces of Syria",
    "assoc_actor_2": "",
    "inter2": "State forces",
    "interaction": "State forces-Rebel group",
    "civilian_targeting": "",
    "iso": "760",
    "region": "Middle East",
    "country": "Syria",
    "admin1": "Homs",
    "admin2": "Tadmor",
    "admin3": "Tadmor",
    "location": "Tadmor",
    "latitude": "34.56",
    "longitude": "38.28",
    "geo_precision": "1",
    "source": "Made-up News; Another",
    "source_scale": "National",
    "notes": "On 31 January 2023, a made-up clash took place.",
    "fatalities": "3",
    "tags": "crowd size=no report",
    "timestamp": "1675900000",
    "iso3": "SYR",
}
GTD_HEADER = """
eventid,iyear,imonth,iday,approxdate,extended,resolution,country,country_txt,region,region_txt,provstate,city,latitude,
longitude,specificity,vicinity,location,summary,crit1,crit2,crit3,doubtterr,alternative,alternative_txt,multiple,success,
suicide,attacktype1,attacktype1_txt,attacktype2,attacktype2_txt,attacktype3,attacktype3_txt,targtype1,targtype1_txt,
targsubtype1,targsubtype1_txt,corp1,target1,natlty1,natlty1_txt,targtype2,targtype2_txt,targsubtype2,targsubtype2_txt,
corp2,target2,natlty2,natlty2_txt,targtype3,targtype3_txt,targsubtype3,targsubtype3_txt,corp3,target3,natlty3,
natlty3_txt,gname,gsubname,gname2,gsubname2,gname3,gsubname3,motive,guncertain1,guncertain2,guncertain3,individual,
nperps,nperpcap,claimed,claimmode,claimmode_txt,claim2,claimmode2,claimmode2_txt,claim3,claimmode3,claimmode3_txt,
compclaim,weaptype1,weaptype1_txt,weapsubtype1,weapsubtype1_txt,weaptype2,weaptype2_txt,weapsubtype2,weapsubtype2_txt,
weaptype3,weaptype3_txt,weapsubtype3,weapsubtype3_txt,weaptype4,weaptype4_txt,weapsubtype4,weapsubtype4_txt,weapdetail,
nkill,nkillus,nkillter,nwound,nwoundus,nwoundte,property,propextent,propextent_txt,propvalue,propcomment,ishostkid,
nhostkid,nhostkidus,nhours,ndays,divert,kidhijcountry,ransom,ransomamt,ransomamtus,ransompaid,ransompaidus,ransomnote,
hostkidoutcome,hostkidoutcome_txt,nreleased,addnotes,scite1,scite2,scite3,dbsource,INT_LOG,INT_IDEO,INT_MISC,INT_ANY,related
""".replace("\n", "").split(",")
GTD_ROW = dict.fromkeys(GTD_HEADER, "") | {
    "eventid": "201701010001",
    "iyear": "2017",
    "imonth": "2",
    "iday": "3",
    "extended": "0",
    "country": "95",
    "country_txt": "Iraq",
    "provstate": "Al Anbar",
    "city": "Rutbah",
    "latitude": "33.03",
    "longitude": "40.28",
    "specificity": "1",
    "vicinity": "0",
    "summary": "02/03/2017: A made-up bomb went off.",
    "doubtterr": "0",
    "multiple": "0",
    "success": "1",
    "suicide": "0",
    "attacktype1": "3",
    "attacktype1_txt": "Bombing/Explosion",
    "targtype1": "4",
    "targtype1_txt": "Military",
    "targsubtype1_txt": "Military Barracks/Base/Headquarters/Checkpost",
    "corp1": "Made-up Army",
    "target1": "Base",
    "gname": "Made-up Front",
    "guncertain1": "0",
    "claimed": "0",
    "weaptype1": "6",
    "weaptype1_txt": "Explosives",
    "nkill": "4",
    "nkillter": "1",
    "nwound": "2.0",
    "nwoundte": "0",
    "scite1": '"A title; a subtitle," Made-up Times, February 4, 2017.',
    "dbsource": "START Primary Collection",
    "INT_LOG": "-9",
}
UCDP_HEADER = """
id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,
dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,
source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,
where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,
date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob
""".replace("\n", "").split(",")
UCDP_ROW = dict.fromkeys(UCDP_HEADER, "") | {
    "id": "1",
    "type_of_violence": "1",
    "side_a": "Government of Syria",
    "side_b": "IS",
    "source_office": "Made-up News",
    "where_prec": "1",
    "where_coordinates": "Tadmor town",
    "adm_1": "Homs Governorate",
    "latitude": "34.56",
    "longitude": "38.28",
    "country": "Syria",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2016-01-31 00:00:00.000",
    "date_end": "2016-01-31 00:00:00.000",
    "best": "3",
    "high": "3",
    "low": "3",
}


def text_of(header: Sequence[str], rows: Sequence[Mapping[str, str]], **dialect: object) -> str:
    """Return a table with these columns; cells of others are left out, missing ones are blank."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, **({"lineterminator": "\n"} | dialect))
    writer.writerow(header)
    writer.writerows([row.get(name.casefold(), row.get(name, "")) for name in header] for row in rows)
    return text.getvalue()
