"use strict";
/* The answers of the server, reckoned in a page that has none: the same shapes as the routes give. */

/** Read what stands in the page as Base64 of gzipped JSON. */
async function readPacked(id) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

class Answers {
  /** @param {{rows: object[], places: Record<string, object>}} incidents @param {Record<string, object>} context */
  constructor(incidents, context) {
    this.rows = incidents.rows;
    this.places = incidents.places;
    this.context = context;
    this.byId = new Map(this.rows.map((row) => [row.id, row]));
    const { provinces } = context.places;
    this.provinceIds = new Map(provinces.map(([country, admin1, id]) => [JSON.stringify([country, admin1]), id]));
  }

  /** Return the rows of a period: first and last day, both included, and whether undated ones are kept. */
  kept(parameters) {
    const start = parameters.get("start") || "";
    const end = parameters.get("end") || "9999";
    const undated = parameters.get("undated") !== "0";
    return this.rows.filter(({ first, last }) => (first ? first <= end && last >= start : undated));
  }

  /** Stand in for `fetch`; there is no other address that could be asked. */
  fetch(address) {
    const { pathname, searchParams } = new URL(address, "http://page/");
    const name = pathname.split("/").pop();
    const found = name in this.context ? this.context[name] : this.reckon(name, searchParams);
    return Promise.resolve(new Response(JSON.stringify(found), { status: found ? 200 : 404, headers: { "content-type": "application/json" } }));
  }

  reckon(name, parameters) {
    const rows = this.kept(parameters);
    if (name === "cells") return this.cells(rows);
    if (name === "at") return this.at(rows, parameters.get("place"));
    return name === "provinces" ? this.counts(rows) : null;
  }

  cells(rows) {
    const on = rows.filter((row) => row.at);
    const spots = (area) => this.spots(on.filter((row) => row.area === area));
    return { mode: "places", places: spots(false), areas: spots(true), links: this.links(rows) };
  }

  spots(rows) {
    const order = Object.keys(PRECISION_WORDS);
    const kinds = [...new Set(rows.map(({ side, attribution }) => JSON.stringify([side, attribution])))].map((kind) => JSON.parse(kind));
    const columns = { id: [], name: [], lon: [], lat: [], precision: [], uncertainty_m: [], counts: [] };
    for (const [key, held] of groupedByPlace(rows)) {
      const { name, lon, lat } = this.places[key];
      const finest = Math.min(...held.map((row) => order.indexOf(row.known_to)));
      const told = {
        id: key, name, lon, lat, precision: order[finest],
        uncertainty_m: Math.max(...held.map((row) => row.uncertainty_m || 0)),
        counts: kinds.map(([side, attribution]) => held.filter((row) => row.side === side && row.attribution === attribution).length),
      };
      for (const [column, value] of Object.entries(told)) columns[column].push(value);
    }
    return { ...columns, kinds };
  }

  links(rows) {
    const shown = new Map(rows.filter((row) => row.at).map((row) => [row.id, row]));
    const counts = new Map();
    for (const to of shown.values()) {
      for (const from of to.answers.map((id) => shown.get(id)).filter(Boolean)) {
        const key = JSON.stringify([from.at, to.at]);
        counts.set(key, (counts.get(key) || 0) + 1);
      }
    }
    return [...counts].map(([key, count]) => {
      const [from, to] = JSON.parse(key);
      const [a, b] = [this.places[from], this.places[to]];
      return [a.lon, a.lat, b.lon, b.lat, from, to, count];
    });
  }

  at(rows, key) {
    const incidents = rows.filter((row) => row.at === key);
    return { place: this.places[key].told, total: incidents.length, incidents };
  }

  counts(rows) {
    const counts = {};
    for (const { country, admin1 } of rows) {
      const id = this.provinceIds.get(JSON.stringify([country, admin1]));
      if (id) counts[id] = (counts[id] || 0) + 1;
    }
    return { id: Object.keys(counts), count: Object.values(counts) };
  }
}

/** Return the rows by the key of their place. */
function groupedByPlace(rows) {
  const groups = new Map();
  for (const row of rows) {
    if (!groups.has(row.at)) groups.set(row.at, []);
    groups.get(row.at).push(row);
  }
  return groups;
}
