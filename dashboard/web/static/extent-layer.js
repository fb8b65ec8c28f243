"use strict";
/* How well a place is known: a hatched area, or a dashed disc within which the incident happened. */

/** Say whether a point lies in a GeoJSON Polygon or MultiPolygon (holes count as outside). */
function liesIn(geometry, [lat, lon]) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.some((rings) => rings.reduce((inside, ring) => inside !== crossesOdd(ring, lon, lat), false));
}

function crossesOdd(ring, x, y) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Where a sign may be moved to, in pixels from its own point: the nearest first. */
const STEPS = Array.from({ length: 25 * 25 }, (_, i) => [15 * (i % 25) - 180, 15 * Math.floor(i / 25) - 180])
  .map(([x, y]) => ({ x, y, away: Math.hypot(x, y) }))
  .sort((a, b) => a.away - b.away);
const ROUGH = 8; // pixels: signs that move or grow by less move no other one

/** Draws the extents of the marks; `shapes` are the polygons of the gazetteer by place id. */
class ExtentLayer {
  constructor(map) {
    this.map = map;
    this.shapes = new Map();
    this.bounds = new Map();
    this.areas = L.layerGroup();
    this.discs = L.layerGroup();
    this.drawnAreas = new Map();
    this.drawnDiscs = new Map();
    for (const [name, z] of [["areas", 340], ["discs", 360]]) {
      const pane = map.createPane(name);
      pane.style.zIndex = z;
      pane.style.pointerEvents = "none";
    }
    this.areaRenderer = L.svg({ pane: "areas", padding: 0.4 });
    this.discRenderer = L.svg({ pane: "discs", padding: 0.4 });
    map.getContainer().append(hatchPatterns());
  }

  boundsOf(id) {
    if (!this.bounds.has(id)) this.bounds.set(id, L.geoJSON(this.shapes.get(id)).getBounds());
    return this.bounds.get(id);
  }

  /** Say whether an area may reach into a part of the map. */
  reaches(id, view) {
    return this.shapes.has(id) && this.boundsOf(id).intersects(view);
  }

  /** Take the polygons of /api/areas. */
  read(collection) {
    this.shapes = new Map(collection.features.map((feature) => [feature.properties.place_id, feature]));
  }

  draw(marks, selectedId) {
    this.drawAreas(marks.filter((mark) => mark.kind === "area" && this.shapes.has(mark.id)), selectedId);
    this.drawDiscs(marks.filter((mark) => mark.kind === "place" && mark.uncertainty > 0));
  }

  drawAreas(marks, selectedId) {
    const left = new Set(this.drawnAreas.keys());
    for (const mark of marks) {
      const side = dominantSide(mark.groups);
      const vague = extentClass(mark, this.boundsOf(mark.id));
      const look = `extent-area side-${side} hatch-${side} ${vague}${mark.id === selectedId ? " selected" : ""}`;
      left.delete(mark.id);
      const drawn = this.drawnAreas.get(mark.id);
      if (drawn && drawn.look === look) continue;
      if (drawn) this.areas.removeLayer(drawn.layer);
      const layer = L.geoJSON(this.shapes.get(mark.id), {
        pane: "areas", renderer: this.areaRenderer, interactive: false, smoothFactor: 1, className: look,
      });
      this.areas.addLayer(layer);
      this.drawnAreas.set(mark.id, { layer, look });
    }
    for (const id of left) {
      this.areas.removeLayer(this.drawnAreas.get(id).layer);
      this.drawnAreas.delete(id);
    }
  }

  drawDiscs(marks) {
    const left = new Set(this.drawnDiscs.keys());
    for (const mark of marks) {
      const radius = this.discRadius(mark);
      if (!radius) continue;
      left.delete(mark.id);
      const look = `extent-disc side-${dominantSide(mark.groups)}`;
      let drawn = this.drawnDiscs.get(mark.id);
      if (drawn && drawn.look !== look) {
        this.discs.removeLayer(drawn.layer);
        drawn = null;
      }
      if (!drawn) {
        const layer = L.circle(mark.latlng, { radius, pane: "discs", renderer: this.discRenderer, interactive: false, className: look });
        this.discs.addLayer(layer);
        this.drawnDiscs.set(mark.id, { layer, look });
      } else {
        drawn.layer.setLatLng(mark.latlng);
        if (drawn.layer.getRadius() !== radius) drawn.layer.setRadius(radius);
      }
    }
    for (const id of left) {
      this.discs.removeLayer(this.drawnDiscs.get(id).layer);
      this.drawnDiscs.delete(id);
    }
  }

  /**
   * Metres to draw, or 0 for none. A disc that hides under its sign says nothing; that of a district is kept
   * a little larger than the sign, so that a vague place never passes for a sure one.
   */
  discRadius(mark) {
    const [lat, lon] = mark.latlng;
    const at = this.map.latLngToContainerPoint([lat, lon]);
    const perPixel = this.map.distance([lat, lon], this.map.containerPointToLatLng(at.add([100, 0]))) / 100;
    const least = (mark.radius + 5) * perPixel;
    if (mark.uncertainty >= least) return mark.uncertainty;
    return mark.precision === "district" ? least : 0;
  }

  /** Return the ids of the drawn areas that contain a point. */
  under(latlng) {
    if (!this.map.hasLayer(this.areas)) return [];
    return [...this.drawnAreas.keys()].filter((id) => liesIn(this.shapes.get(id).geometry, [latlng.lat, latlng.lng]));
  }

  /** Show one area in full strength, while its sign is pointed at. */
  light(id) {
    for (const [drawn, { layer }] of this.drawnAreas) {
      layer.eachLayer((shape) => shape.getElement()?.classList.toggle("lit", drawn === id));
    }
  }

  /** Move the signs of areas into open space: they may stand anywhere inside. The same marks and zoom give the same spots. */
  spread(marks) {
    const zoom = this.map.getZoom();
    const roughly = (latlng) => this.map.project(latlng, zoom).divideBy(ROUGH).round().multiplyBy(ROUGH);
    const roomFor = ({ radius }) => ROUGH * Math.ceil(radius / ROUGH);
    const taken = marks.filter((mark) => mark.kind !== "area").map((mark) => ({ at: roughly(mark.latlng), r: roomFor(mark) }));
    const areas = marks.filter((mark) => mark.kind === "area");
    const key = JSON.stringify([zoom, this.shapes.size, taken.map(({ at, r }) => [at.x, at.y, r]), areas.map((mark) => [mark.id, roomFor(mark)])]);
    if (key !== this.spreadFor) {
      this.spreadFor = key;
      this.spots = new Map();
      for (const mark of areas) {
        const at = this.openSpot(mark, roomFor(mark), taken, zoom);
        const { lat, lng } = this.map.unproject(at, zoom);
        this.spots.set(mark.id, [lat, lng]);
        taken.push({ at, r: roomFor(mark) + 6 });
      }
    }
    for (const mark of areas) mark.latlng = this.spots.get(mark.id);
  }

  /** Return the pixel within an area that is near its own point and clear of the other signs. */
  openSpot(mark, radius, taken, zoom) {
    const home = this.map.project(mark.latlng, zoom);
    const shape = this.shapes.get(mark.id);
    const near = taken.filter(({ at }) => at.distanceTo(home) < 320).map(({ at, r }) => ({ x: at.x, y: at.y, r: r + radius }));
    // Pixels to the next sign, at most 48; what is not more than `least` is not measured to the end.
    const clearance = (x, y, least) => {
      let clear = 48;
      for (let i = 0; i < near.length && clear > least; i += 1) {
        const other = near[i];
        clear = Math.min(clear, Math.sqrt((other.x - x) ** 2 + (other.y - y) ** 2) - other.r); // Math.hypot is much slower
      }
      return clear;
    };
    let found = { at: home, worth: -Infinity };
    if (!shape || clearance(home.x, home.y, 0) >= 30) return home;
    for (const { x, y, away } of STEPS) {
      if (2 * 48 - 0.3 * away <= found.worth) break;
      const worth = 2 * clearance(home.x + x, home.y + y, (found.worth + 0.3 * away) / 2) - 0.3 * away;
      if (worth <= found.worth) continue;
      const at = home.add([x, y]);
      const { lat, lng } = this.map.unproject(at, zoom);
      if (liesIn(shape.geometry, [lat, lng])) found = { at, worth };
    }
    return found.at;
  }
}

/** The vaguer an area, the quieter its hatching: a country, or a region as large, would drown all that lies in it. */
function extentClass({ precision }, bounds) {
  if (precision === "country") return "vague-country";
  if (precision !== "region") return "";
  const large = (bounds.getEast() - bounds.getWest()) * (bounds.getNorth() - bounds.getSouth()) > 35;
  return large ? "vague-country" : "vague-region";
}

function hatchPatterns() {
  const holder = svg("svg", { class: "hatch-patterns", width: 0, height: 0, "aria-hidden": "true" });
  const defs = svg("defs", {}, holder);
  for (const side of Object.keys(SIDES)) {
    const pattern = svg("pattern", {
      id: `hatch-${side}`, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
    }, defs);
    svg("rect", { width: 7, height: 7, class: `hatch-ground side-${side}` }, pattern);
    svg("line", { x1: 1, y1: 0, x2: 1, y2: 7, class: `hatch-line side-${side}` }, pattern);
  }
  return holder;
}
