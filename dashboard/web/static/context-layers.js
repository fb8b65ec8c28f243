"use strict";
/* Layers beside the incidents: 70 km perimeter, bases and sites, counts by province, heat. */

/** The agreed distances around certain bases, each named once at its rim. */
class PerimeterLayer {
  constructor(map, labels) {
    this.map = map;
    this.labels = labels;
    this.group = L.layerGroup();
    const pane = map.createPane("perimeter");
    pane.style.zIndex = 330;
    pane.style.pointerEvents = "none";
    this.renderer = L.svg({ pane: "perimeter", padding: 0.4 });
  }

  read(collection) {
    this.group.clearLayers();
    const layer = L.geoJSON(collection, {
      pane: "perimeter", renderer: this.renderer, interactive: false, className: "perimeter-line", smoothFactor: 0.5,
    });
    this.group.addLayer(layer);
    this.names = [];
    layer.eachLayer((shape) => {
      const bounds = shape.getBounds();
      const { place_id: id } = shape.feature.properties;
      this.names.push({ key: `perimeter ${id}`, text: "70 km perimeter", kind: "note", priority: 9000, latlng: bounds.getCenter(), rim: bounds.getNorth() });
    });
  }

  name(on) {
    const pixels = ({ latlng, rim }) => Math.abs(this.map.project(latlng).y - this.map.project([rim, latlng.lng]).y);
    const names = on && this.names ? this.names.map((name) => ({ ...name, radius: pixels(name) })) : [];
    this.labels.setGroup("perimeter", names.filter(({ radius }) => radius > 24));
  }
}

/** Every point of the gazetteer that is a base or another site: small, grey, named where there is room. */
class SiteLayer {
  constructor(map, labels) {
    this.map = map;
    this.labels = labels;
    this.group = L.layerGroup();
    const pane = map.createPane("sites");
    pane.style.zIndex = 440;
    pane.style.pointerEvents = "none";
    this.places = [];
    this.dots = new Map();
  }

  read(columns) {
    const sites = ["base", "airfield", "airport", "oil_field", "gas_field", "crossing", "embassy", "site", "port"];
    this.places = columns.id.map((id, i) => ({
      id, name: columns.name[i], latlng: [columns.lat[i], columns.lon[i]], kind: columns.kind[i],
    })).filter(({ kind }) => sites.includes(kind));
  }

  /** Draw the sites that no incident's sign covers. */
  draw(on, marks) {
    const covered = new Set(marks.map((mark) => mark.id));
    const wanted = on ? this.places.filter(({ id }) => !covered.has(id)) : [];
    const left = new Set(this.dots.keys());
    for (const { id, latlng } of wanted) {
      left.delete(id);
      if (this.dots.has(id)) continue;
      const sign = layerSign("sites");
      const dot = L.marker(latlng, {
        pane: "sites", interactive: false, keyboard: false, icon: L.divIcon({ html: sign, className: "site-dot", iconSize: [18, 16] }),
      });
      this.group.addLayer(dot);
      this.dots.set(id, dot);
    }
    for (const id of left) {
      this.group.removeLayer(this.dots.get(id));
      this.dots.delete(id);
    }
    this.labels.setGroup("sites", wanted.map(({ id, name, latlng }) => ({
      key: `site ${id}`, text: name, latlng, kind: "site", radius: 5, priority: 9500,
    })));
  }
}

/** Provinces in five shades of ink by their number of incidents; ink, because colour means a side. */
class ProvinceLayer {
  constructor(map, labels) {
    this.map = map;
    this.labels = labels;
    this.group = L.layerGroup();
    const pane = map.createPane("provinces");
    pane.style.zIndex = 320;
    pane.style.pointerEvents = "none";
    this.renderer = L.svg({ pane: "provinces", padding: 0.4 });
    this.names = [];
  }

  /** @param {Map<string, object>} shapes polygons by place id; @param {{id: string[], count: number[]}} counts */
  draw(shapes, counts) {
    this.group.clearLayers();
    this.most = Math.max(1, ...counts.count);
    this.names = [];
    counts.id.forEach((id, i) => {
      const count = counts.count[i];
      if (!count || !shapes.has(id)) return;
      const step = Math.min(4, Math.floor((Math.log(count) / Math.log(this.most + 1)) * 5));
      const layer = L.geoJSON(shapes.get(id), {
        pane: "provinces", renderer: this.renderer, interactive: false, className: `province-count step-${step}`,
      });
      this.group.addLayer(layer);
      this.names.push({
        key: `province ${id}`, text: count.toLocaleString("en"), latlng: layer.getBounds().getCenter(), kind: "count", spots: "centre", priority: 6000,
      });
    });
  }

  name(on) {
    this.labels.setGroup("provinces", on ? this.names : []);
  }
}

/** Heat of what is in view, in one hue that is no side's. */
class HeatMap {
  constructor(map) {
    this.map = map;
    this.layer = L.heatLayer([], { radius: 26, blur: 20, maxZoom: 1, minOpacity: 0.12, max: 1 });
    this.points = [];
    // leaflet.heat draws in the next frame, by then the layer may be gone
    this.layer.on("remove", () => {
      if (this.layer._frame) L.Util.cancelAnimFrame(this.layer._frame);
      this.layer._frame = null;
    });
  }

  draw(marks) {
    const most = Math.max(1, ...marks.map((mark) => mark.count));
    const scale = (count) => 0.18 + 0.5 * (Math.log(1 + count) / Math.log(1 + most));
    this.points = marks.map(({ latlng, count }) => [latlng[0], latlng[1], scale(count)]);
    if (this.map.hasLayer(this.layer) && this.map.getSize().x) this.layer.setLatLngs(this.points);
    else this.layer._latlngs = this.points;
  }

  restyle(theme) {
    const light = { 0.2: "#f6d8e4", 0.45: "#e58fb4", 0.7: "#b23a7f", 1: "#5f0f4e" };
    const dark = { 0.2: "#3d1f3c", 0.45: "#8b2f74", 0.7: "#d9629f", 1: "#ffd9ec" };
    const gradient = theme === "dark" ? dark : light;
    if (this.map.hasLayer(this.layer)) this.layer.setOptions({ gradient });
    else Object.assign(this.layer.options, { gradient });
    if (this.layer._heat) this.layer._heat.gradient(gradient);
  }
}
