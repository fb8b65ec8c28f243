"use strict";
/* The legend explains every sign that is on the map, and no other. */

const ATTRIBUTION_TITLES = {
  claimed: "The actor says so itself",
  attributed: "Somebody else holds the actor responsible",
  alleged: "Hinted at, or said without proof",
  unknown: "No source names who did it",
};

class Legend {
  constructor() {
    const { box, body, open } = panel("Legend", "legend");
    this.open = open;
    this.box = box;
    this.body = body;
    this.key = "";
  }

  /**
   * @param {Mark[]} marks
   * @param {Record<string, {on: boolean}>} layers
   * @param {{cells: boolean, discs: boolean, links: boolean, cut: boolean}} drawn what the answer holds
   */
  draw(marks, layers, drawn) {
    const groups = orderedGroups(marks.flatMap((mark) => mark.groups));
    const sides = Object.keys(SIDES).filter((side) => groups.some((group) => group[0] === side));
    const attributions = Object.keys(ATTRIBUTIONS).filter((one) => groups.some((group) => group[1] === one));
    const has = (kind) => marks.some((mark) => mark.kind === kind);
    const parts = {
      incidents: layers.incidents.on && marks.length > 0,
      areas: (layers.areas.on || layers.incidents.on) && has("area"),
      discs: layers.discs.on && drawn.discs,
      links: layers.links.on && drawn.links,
      perimeter: layers.perimeter.on,
      heat: layers.heat.on,
      sites: layers.sites.on,
      provinces: layers.provinces.on,
    };
    const key = JSON.stringify([sides, attributions, parts, drawn]);
    if (key === this.key) return;
    this.key = key;
    const rows = [];
    if (parts.incidents) {
      rows.push(this.row("sides", sides.map((side) => [smallSign(side, "claimed"), SIDES[side]])));
      if (attributions.length) rows.push(this.row("who", attributions.map((one) => [inkSign(one), ATTRIBUTIONS[one], ATTRIBUTION_TITLES[one]])));
    }
    const extents = [];
    if (parts.incidents && drawn.cells) extents.push([countSign(), "incidents of a part of the map; zoom in for who says so"]);
    if (parts.discs) extents.push([layerSign("discs"), "may be anywhere inside"]);
    if (parts.areas) extents.push([layerSign("areas"), "known to the area only"]);
    if (parts.links) extents.push([layerSign("links"), drawn.cut ? "was answered by: the most frequent" : "was answered by"]);
    if (parts.perimeter) extents.push([layerSign("perimeter"), "70 km perimeter"]);
    if (parts.sites) extents.push([layerSign("sites"), "base or site"]);
    if (parts.provinces) extents.push([layerSign("provinces"), "fewer to more in a province"]);
    if (parts.heat) extents.push([layerSign("heat"), "fewer to more nearby"]);
    if (extents.length) rows.push(this.row("extents", extents));
    if (drawn.tables.length) rows.push(this.row("tables", drawn.tables.map(([letter, title]) => [element("span", "table-letter", letter), title])));
    if (!rows.length) rows.push(element("p", "panel-small", "No layer with signs is switched on."));
    this.body.replaceChildren(...rows);
  }

  row(name, items) {
    const list = element("ul", `legend-row ${name}`);
    for (const [sign, text, title] of items) {
      const item = element("li");
      item.append(sign, element("span", "", text));
      if (title) item.title = title;
      list.append(item);
    }
    return list;
  }
}

/** A sign of no side, to show the fills alone. */
function inkSign(attribution) {
  const sign = smallSign("unknown", attribution);
  sign.classList.add("ink-sign");
  return sign;
}

/** The sign of a crowded map, of two sides. */
function countSign() {
  return sumSign([["iran-and-allies", "", 6], ["us-led-coalition", "", 3]], { count: 9, radius: 8 });
}
