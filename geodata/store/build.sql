-- From the staged rows to the tables that `Store` names. Before: `staged` (rows as read, located and joined),
-- `areas` (place_id of places with a polygon), `precisions` (value, rank), `listed` (the known actors).

CREATE TEMP VIEW keyed AS
SELECT *,
       coalesce(nullif(actor_id, ''), actor_name) AS faction,
       coalesce(nullif(presumed_actor_id, ''), presumed_actor_name) AS presumed_faction,
       CASE WHEN lon IS NULL THEN NULL
            WHEN place_id <> '' THEN place_id
            ELSE round(lon, 5) || ',' || round(lat, 5) END AS place_key,
       known_to NOT IN ('site', 'town') AND place_id IN (FROM areas) AS as_area,
       concat_ws('|', coalesce(place_key, ''), known_to, location, uncertainty_m, side, attribution) AS spot_key
FROM staged;

CREATE TABLE codes AS
SELECT dimension, (row_number() OVER (PARTITION BY dimension ORDER BY rank NULLS FIRST, value) - 1)::SMALLINT AS no, value
FROM (
    SELECT DISTINCT 'side' AS dimension, side AS value FROM keyed
    UNION ALL SELECT DISTINCT 'actor', faction FROM keyed
    UNION ALL SELECT DISTINCT 'presumed', presumed_faction FROM keyed
    UNION ALL SELECT DISTINCT 'category', category FROM keyed
    UNION ALL SELECT DISTINCT 'event_type', event_type FROM keyed
    UNION ALL SELECT DISTINCT 'attribution', attribution FROM keyed
    UNION ALL SELECT DISTINCT 'known_to', known_to FROM keyed
    UNION ALL SELECT DISTINCT 'location', location FROM keyed
    UNION ALL SELECT DISTINCT 'country', country FROM keyed
) LEFT JOIN precisions USING (value);

-- mx and my: Web Mercator at level 28, as geodata/store/mercator.py reckons it, 268435456 = 2^28.
CREATE TABLE places AS
SELECT (row_number() OVER (ORDER BY place_key) - 1)::INTEGER AS place_no, *,
       floor((lon + 180) / 360 * 268435456)::INTEGER AS mx,
       floor((1 - asinh(tan(radians(greatest(least(lat, 85.0511), -85.0511)))) / pi()) / 2 * 268435456)::INTEGER AS my
FROM (
    SELECT place_key, any_value(place_id) AS place_id, any_value(coalesce(nullif(place_name, ''), place)) AS name,
           any_value(place_kind) AS kind, any_value(lon) AS lon, any_value(lat) AS lat
    FROM keyed WHERE place_key IS NOT NULL GROUP BY place_key
);

-- What a sign on the map is made of: a place, how well the rows there are known to be at it, whose they are and how that
-- is known. The rows that are at no place have spots too.
CREATE TABLE spots AS
SELECT (row_number() OVER (ORDER BY place_no, side.no, attribution.no, spot_key) - 1)::INTEGER AS spot_no,
       spot_key, place_no, known_to.no AS known_to_no, location.no AS location_no, uncertainty_m, as_area,
       side.no AS side_no, attribution.no AS attribution_no,
       CASE WHEN NOT as_area THEN mx END AS mx, CASE WHEN NOT as_area THEN my END AS my
FROM (
    SELECT spot_key, any_value(place_key) AS place_key, any_value(known_to) AS known_to, any_value(location) AS location,
           any_value(uncertainty_m) AS uncertainty_m, any_value(as_area) AS as_area, any_value(side) AS side,
           any_value(attribution) AS attribution
    FROM keyed GROUP BY spot_key
) AS told
LEFT JOIN places USING (place_key)
JOIN codes known_to ON known_to.dimension = 'known_to' AND known_to.value = told.known_to
JOIN codes location ON location.dimension = 'location' AND location.value = told.location
JOIN codes side ON side.dimension = 'side' AND side.value = told.side
JOIN codes attribution ON attribution.dimension = 'attribution' AND attribution.value = told.attribution;

-- The documents that rows cite, by the cell that cites them without its lines: few rows differ in it.
CREATE TABLE cited AS
SELECT (row_number() OVER (ORDER BY cell) - 1)::INTEGER AS citing_no, cell
FROM (SELECT DISTINCT regexp_replace(sources, ':[0-9]+ *(;|$)', '\1', 'g') AS cell FROM keyed);

CREATE TABLE citings AS
SELECT DISTINCT citing_no, trim(document) AS document
FROM cited, unnest(string_split(cell, ';')) AS one(document)
WHERE trim(document) <> '';

-- With the numbers of what it names.
CREATE TEMP VIEW coded AS
SELECT keyed.* EXCLUDE (faction, presumed_faction, place_key, spot_key),
       side_no, actor.no AS actor_no, presumed.no AS presumed_no, category.no AS category_no,
       event_type.no AS event_type_no, attribution_no, known_to_no, location_no, country.no AS country_no,
       place_no, spot_no, mx, my, citing_no
FROM keyed
JOIN (FROM spots SELECT spot_key, spot_no, place_no, mx, my, side_no, attribution_no, known_to_no, location_no) AS spots
     USING (spot_key)
JOIN codes actor ON actor.dimension = 'actor' AND actor.value = keyed.faction
JOIN codes presumed ON presumed.dimension = 'presumed' AND presumed.value = keyed.presumed_faction
JOIN codes category ON category.dimension = 'category' AND category.value = keyed.category
JOIN codes event_type ON event_type.dimension = 'event_type' AND event_type.value = keyed.event_type
JOIN codes country ON country.dimension = 'country' AND country.value = keyed.country
JOIN cited ON cited.cell = regexp_replace(keyed.sources, ':[0-9]+ *(;|$)', '\1', 'g');

-- All but the row's number; `answers` and `in_family` are set below.
-- What follows from a row alone is added after sorting, which so has less to move.
-- added_…: what a row adds to a sum of people, a bound that is not told taken from the others; …_told: whether it tells one.
-- These and `dated` are numbers that are never missing, as an engine adds such up in a third of the time.
-- from_day and to_day: as first_day and last_day, but for an undated row they hold every day between them.
CREATE TEMP VIEW ordered AS
SELECT *,
       (date_earliest - DATE '1970-01-01')::INTEGER AS first_day,
       (date_latest - DATE '1970-01-01')::INTEGER AS last_day,
       coalesce((date_earliest - DATE '1970-01-01')::INTEGER, -10000000) AS from_day,
       coalesce((date_latest - DATE '1970-01-01')::INTEGER, 10000000) AS to_day,
       coalesce(killed_low, killed_best, killed_high, 0) AS added_killed_low,
       coalesce(killed_best, killed_low, killed_high, 0) AS added_killed_best,
       coalesce(killed_high, killed_best, killed_low, 0) AS added_killed_high,
       coalesce(injured_low, injured_best, injured_high, 0) AS added_injured_low,
       coalesce(injured_best, injured_low, injured_high, 0) AS added_injured_best,
       coalesce(injured_high, injured_best, injured_low, 0) AS added_injured_high,
       (coalesce(killed_low, killed_best, killed_high) IS NOT NULL)::INTEGER AS killed_told,
       (coalesce(injured_low, injured_best, injured_high) IS NOT NULL)::INTEGER AS injured_told,
       (date_earliest IS NOT NULL)::INTEGER AS dated,
       (year(date_earliest) * 12 + month(date_earliest) - 1)::INTEGER AS first_month,
       (year(date_latest) * 12 + month(date_latest) - 1)::INTEGER AS last_month,
       denied_by <> '' AS denied,
       strip_accents(lower(concat_ws(' ', incident_id, place, place_name, country, admin1, actor,
           actor_name, presumed_actor, attributed_by, denied_by, target, replace(event_type, '_', ' '), weapon,
           summary, flag_reason, sources))) AS search
FROM (FROM coded ORDER BY date_earliest, incident_id);

CREATE TABLE incidents AS FROM ordered LIMIT 0;
-- SORTED --
ALTER TABLE incidents ADD COLUMN row INTEGER;
UPDATE incidents SET row = rowid;

-- The factions that rows name, and every umbrella above them.
CREATE TABLE factions AS
WITH RECURSIVE named AS (
    SELECT DISTINCT faction, actor_name AS name, side FROM keyed WHERE faction <> ''
    UNION SELECT DISTINCT presumed_faction, presumed_actor_name, 'unknown' FROM keyed WHERE presumed_faction <> ''
), needed(faction) AS (
    SELECT faction FROM named
    UNION SELECT parent FROM needed JOIN listed USING (faction) WHERE parent <> ''
)
SELECT faction, any_value(coalesce(listed.name, named.name)) AS name, any_value(coalesce(parent, '')) AS parent,
       any_value(coalesce(listed.side, named.side)) AS side
FROM needed LEFT JOIN listed USING (faction) LEFT JOIN named USING (faction)
GROUP BY faction;

CREATE TABLE links AS
SELECT DISTINCT told.row, relation, other.row AS target, told.place_no, other.place_no AS target_place_no
FROM (
    SELECT row, place_no, 'part_of' AS relation, part_of AS ids FROM incidents WHERE part_of <> ''
    UNION ALL SELECT row, place_no, 'retaliates_for', retaliates_for FROM incidents WHERE retaliates_for <> ''
    UNION ALL SELECT row, place_no, 'possible_duplicate_of', possible_duplicate_of
    FROM incidents WHERE possible_duplicate_of <> ''
) AS told, unnest(string_split(ids, ';')) AS one(id), incidents AS other
WHERE other.incident_id = trim(one.id);

ALTER TABLE incidents ADD COLUMN answers BOOLEAN DEFAULT FALSE;
UPDATE incidents SET answers = TRUE
WHERE row IN (SELECT row FROM links WHERE relation = 'retaliates_for' UNION SELECT target FROM links WHERE relation = 'retaliates_for');

-- A family: an umbrella and its parts, which are added up apart from the others.
ALTER TABLE incidents ADD COLUMN in_family BOOLEAN DEFAULT FALSE;
UPDATE incidents
SET in_family = TRUE, added_killed_low = 0, added_killed_best = 0, added_killed_high = 0, killed_told = 0,
    added_injured_low = 0, added_injured_best = 0, added_injured_high = 0, injured_told = 0
WHERE row IN (SELECT row FROM links WHERE relation = 'part_of' UNION SELECT target FROM links WHERE relation = 'part_of');

-- All numbers, in the same order: a question that only counts is planned and read faster without the texts. The columns
-- that nearly every filter looks at are not compressed: that takes half the time at a million rows.
SET preserve_insertion_order = true;
CREATE TABLE numbers (
    row INTEGER, side_no UTINYINT, actor_no SMALLINT, presumed_no SMALLINT,
    category_no UTINYINT USING COMPRESSION uncompressed, event_type_no SMALLINT, attribution_no UTINYINT,
    known_to_no UTINYINT, location_no UTINYINT, country_no SMALLINT, place_no INTEGER, spot_no INTEGER, citing_no INTEGER,
    mx INTEGER, my INTEGER, uncertainty_m BIGINT, as_area BOOLEAN, denied BOOLEAN, answers BOOLEAN, in_family BOOLEAN,
    first_day INTEGER, last_day INTEGER,
    from_day INTEGER USING COMPRESSION uncompressed, to_day INTEGER USING COMPRESSION uncompressed,
    first_month INTEGER, last_month INTEGER, dated INTEGER,
    added_killed_low BIGINT, added_killed_best BIGINT, added_killed_high BIGINT, killed_told INTEGER,
    added_injured_low BIGINT, added_injured_best BIGINT, added_injured_high BIGINT, injured_told INTEGER
);
INSERT INTO numbers BY NAME
SELECT row, side_no, actor_no, presumed_no, category_no, event_type_no, attribution_no, known_to_no, location_no, country_no,
       place_no, spot_no, citing_no, mx, my, uncertainty_m, as_area, denied, answers, in_family,
       first_day, last_day, from_day, to_day, first_month, last_month, dated,
       added_killed_low, added_killed_best, added_killed_high, killed_told,
       added_injured_low, added_injured_best, added_injured_high, injured_told
FROM incidents;

-- The few that stand in families or that a map's lines are between, so that the others need not be looked at for them.
CREATE TABLE related AS
SELECT numbers.*, killed_low, killed_best, killed_high, injured_low, injured_best, injured_high, search
FROM numbers JOIN incidents USING (row) WHERE numbers.answers OR numbers.in_family;

DROP VIEW ordered;
DROP VIEW coded;
DROP VIEW keyed;
DROP TABLE cited;
DROP TABLE staged;
DROP TABLE areas;
DROP TABLE listed;
DROP TABLE precisions;
