"use strict";
/* All that is drawn over the base map, and which of it the reader has switched on. */

class MapLayers {
  /**
   * @param {L.Map} map
   * @param {string} root address of the server
   * @param {LabelLayer} labels
   * @param {{pick: Function, changed: () => void}} deeds what to do when a sign is chosen, when a layer came or went
   */
  constructor(map, root, labels, deeds) {
    this.map = map;
    this.labels = labels;
    this.deeds = deeds;
    this.marks = [];
    this.signs = new IncidentLayer(map, deeds.pick, (id) => this.extents.light(id));
    this.extents = new ExtentLayer(map);
    this.links = new LinkLayer(map);
    this.perimeters = new PerimeterLayer(map, labels);
    this.sites = new SiteLayer(map, labels);
    this.provinces = new ProvinceLayer(map, labels);
    this.heat = new HeatMap(map);
    this.supplies = {
      areas: new Supply(`${root}/api/areas`, (read) => this.extents.read(read)),
      perimeter: new Supply(`${root}/api/perimeters`, (read) => this.perimeters.read(read)),
      places: new Supply(`${root}/api/places`, (read) => this.sites.read(read)),
    };
    const layer = (title, on, ...groups) => ({ title, on, set: (shown) => this.toggle(groups, shown) });
    this.list = {
      incidents: layer("Incidents", true, this.signs.points),
      areas: layer("Areas", true, this.extents.areas, this.signs.areas),
      discs: layer("Uncertainty discs", true, this.extents.discs),
      links: layer("Retaliation lines", true, this.links.group),
      perimeter: layer("70 km perimeter", true, this.perimeters.group),
      heat: layer("Heat", false, this.heat.layer),
      sites: layer("Bases and sites", false, this.sites.group),
      provinces: layer("Province counts", false, this.provinces.group),
    };
    for (const { on, set } of Object.values(this.list)) if (on) set(true);
  }

  toggle(groups, shown) {
    for (const group of groups) {
      if (shown) this.map.addLayer(group);
      else this.map.removeLayer(group);
    }
    this.deeds.changed();
  }

  /** Draw an answer of the cells route; `place` is the id of the selected place or "". */
  draw(answer, place) {
    const on = (name) => this.list[name].on;
    this.marks = marksOf(answer);
    this.extents.spread(this.marks);
    this.signs.draw(this.marks, place);
    this.extents.draw(this.marks, place);
    this.links.draw(answer.links || [], this.marks, place);
    this.sites.draw(on("sites"), this.marks);
    if (on("heat")) this.heat.draw(this.marks.filter((mark) => mark.kind !== "area"));
    this.perimeters.name(on("perimeter"));
    this.provinces.name(on("provinces"));
    this.labels.setGroup("marks", this.signs.names(place));
    this.labels.obstacles = this.signs.visible.map(({ id, latlng, radius }) => ({ latlng, radius: radius + 1, key: `mark ${id}` }));
    this.supply();
  }

  /** Read what the layers lack, each when it is first wanted. */
  supply() {
    const { areas, perimeter, places } = this.supplies;
    if (this.list.provinces.on || this.marks.some((mark) => mark.kind === "area")) areas.want(this.deeds.changed);
    if (this.list.perimeter.on) perimeter.want(this.deeds.changed);
    if (this.list.sites.on) places.want(this.deeds.changed);
  }

  /** Return the marks of which something lies in view: areas are told wherever they are. */
  inSight() {
    const view = this.map.getBounds();
    return this.marks.filter(({ id, kind, latlng }) => view.contains(latlng) || (kind === "area" && this.extents.reaches(id, view)));
  }

  /** Return the marks of the areas that lie under a point, the fullest first. */
  areasUnder(latlng) {
    const under = this.extents.under(latlng);
    return this.marks.filter(({ id, kind }) => kind === "area" && under.includes(id)).sort((a, b) => b.count - a.count);
  }

  restyle(theme) {
    this.heat.restyle(theme);
  }
}
