"use strict";
/* Names on the map that never collide: the more important a name, the earlier it chooses its place. */

const LABEL_STYLES = {
  // font is what the text is measured with; it must say the same as the class `label-KIND` in incident-map.css
  place: { font: "600 12px", height: 15, widest: 168 },
  area: { font: "italic 600 12px", height: 15, widest: 168 },
  count: { font: "600 12px", height: 15, widest: 60 },
  site: { font: "400 11px", height: 14, widest: 150 },
  note: { font: "italic 400 11px", height: 14, widest: 150 },
  town: { font: "400 11px", height: 14, widest: 130 },
  country: { font: "500 11.5px", height: 15, widest: 260, spacing: 4.2 },
  sea: { font: "italic 400 11.5px", height: 15, widest: 200, spacing: 1.2 },
};

const LABEL_FAMILY = '"Source Sans 3", system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans Arabic", sans-serif';

/** Rectangles that are taken; asks only the neighbourhood, so that 600 names stay cheap. */
class TakenSpace {
  constructor() {
    this.cells = new Map();
  }

  static *keys([left, top, right, bottom]) {
    for (let x = Math.floor(left / 64); x <= Math.floor(right / 64); x += 1) {
      for (let y = Math.floor(top / 64); y <= Math.floor(bottom / 64); y += 1) yield x * 4096 + y;
    }
  }

  add(box, owner) {
    for (const key of TakenSpace.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push([box, owner]);
    }
  }

  isFree(box, owner) {
    for (const key of TakenSpace.keys(box)) {
      for (const [other, its] of this.cells.get(key) || []) {
        if (its === owner && owner !== undefined) continue;
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
      }
    }
    return true;
  }
}

/** Where a name may stand around its point, best first: offsets of the top left corner. */
function labelSpots(label, width, height) {
  const r = label.radius || 0;
  const gap = label.kind === "town" ? 5 : r + 4;
  const diagonal = r * 0.71 + 2;
  if (label.spots === "centre") {
    const spots = [[0, 0], [0, -22], [0, 22], [-40, 0], [40, 0], [0, -44], [0, 44], [-80, 0], [80, 0], [-60, -30], [60, 30], [-60, 30], [60, -30]];
    return spots.map(([x, y]) => [x - width / 2, y - height / 2]);
  }
  return [
    [gap, -height / 2], [diagonal, -diagonal - height + 3], [diagonal, diagonal - 3],
    [-gap - width, -height / 2], [-diagonal - width, -diagonal - height + 3], [-diagonal - width, diagonal - 3],
    [-width / 2, -r - height - 2], [-width / 2, r + 2],
  ];
}

/**
 * The layer of names. Every name is {key, text, latlng, kind, priority, radius?, spots?, selected?, title?};
 * smaller priority chooses first. Obstacles are {latlng, radius, key}: signs that no name may cover.
 */
const LabelLayer = L.Layer.extend({
  initialize() {
    this.groups = new Map();
    this.obstacles = [];
    this.shown = new Map();
    this.widths = new Map();
  },

  onAdd(map) {
    this.pane = map.getPane("labels") || map.createPane("labels");
    this.context = document.createElement("canvas").getContext("2d");
    map.on("zoomanim", this.follow, this).on("zoomend viewreset", this.settle, this);
  },

  onRemove(map) {
    map.off("zoomanim", this.follow, this).off("zoomend viewreset", this.settle, this);
    for (const shown of this.shown.values()) shown.node.remove();
    this.shown.clear();
  },

  /** Replace the names of one group ("places", "towns", …); they appear with the next `arrange`. */
  setGroup(name, labels) {
    this.groups.set(name, labels);
  },

  measure(label) {
    const style = LABEL_STYLES[label.kind];
    const key = `${label.kind} ${label.text}`;
    if (!this.widths.has(key)) {
      if (this.widths.size > 4000) this.widths.clear();
      this.context.font = `${style.font} ${LABEL_FAMILY}`;
      const text = label.kind === "country" ? label.text.toUpperCase() : label.text;
      const width = this.context.measureText(text.slice(0, 120)).width + (style.spacing || 0) * text.length;
      this.widths.set(key, Math.min(Math.ceil(width) + 2, style.widest));
    }
    return [this.widths.get(key), style.height];
  },

  /** Place all names anew: selected, then by priority; those without room are left out. */
  arrange() {
    const map = this._map;
    if (!map) return;
    const size = map.getSize();
    const taken = new TakenSpace();
    for (const box of this.controlBoxes()) taken.add(box);
    for (const { latlng, radius, key } of this.obstacles) {
      const at = map.latLngToContainerPoint(latlng);
      taken.add([at.x - radius, at.y - radius, at.x + radius, at.y + radius], key);
    }
    const labels = [...this.groups.values()].flat().sort((a, b) => a.priority - b.priority);
    const kept = new Set();
    for (const label of labels) {
      const at = map.latLngToContainerPoint(label.latlng);
      if (at.x < -20 || at.y < -20 || at.x > size.x + 20 || at.y > size.y + 20) continue;
      const spot = this.findSpot(label, at, size, taken);
      if (spot) {
        this.put(label, spot);
        kept.add(label.key);
      }
    }
    for (const [key, shown] of this.shown) {
      if (kept.has(key)) continue;
      shown.node.remove();
      this.shown.delete(key);
    }
  },

  findSpot(label, at, size, taken) {
    const [width, height] = this.measure(label);
    const point = label.kind === "town" ? [at.x - 3, at.y - 3, at.x + 3, at.y + 3] : null;
    if (point && !taken.isFree(point)) return null;
    const spots = labelSpots(label, width, height);
    const before = this.shown.get(label.key);
    // A name that stood well stays there: names must not jump about while the reader pans.
    const order = before ? [before.spot, ...spots.keys()] : spots.keys();
    for (const index of order) {
      const spot = spots[index];
      if (!spot) continue;
      const box = [at.x + spot[0] - 1, at.y + spot[1], at.x + spot[0] + width + 1, at.y + spot[1] + height];
      const inside = box[0] > 2 && box[1] > 2 && box[2] < size.x - 2 && box[3] < size.y - 2;
      if (!inside || !taken.isFree(box, label.key)) continue;
      taken.add(box);
      if (point) taken.add(point);
      return { index, x: spot[0], y: spot[1], width, box };
    }
    return null;
  },

  put(label, { index, x, y, width, box }) {
    let shown = this.shown.get(label.key);
    if (!shown) {
      const node = element("div", "map-label leaflet-zoom-animated");
      const text = element("span", "");
      text.dir = "auto";
      node.append(text);
      node.setAttribute("aria-hidden", "true"); // the sign's own button already says the name
      shown = { node, text };
      this.shown.set(label.key, shown);
      this.pane.append(node);
    }
    shown.latlng = L.latLng(label.latlng);
    shown.spot = index;
    shown.label = label;
    shown.box = box;
    const name = `map-label leaflet-zoom-animated label-${label.kind}${label.selected ? " selected" : ""}`;
    if (shown.node.className !== name) shown.node.className = name;
    if (shown.text.textContent !== label.text) shown.text.textContent = label.text;
    shown.text.style.cssText = `left:${Math.round(x)}px;top:${Math.round(y)}px;width:${width}px`;
    L.DomUtil.setPosition(shown.node, this._map.latLngToLayerPoint(shown.latlng).round());
  },

  /** Return the name under a point of the container, if it is one that belongs to a sign. */
  at(point) {
    for (const { label, box } of this.shown.values()) {
      if (label.mark && point.x >= box[0] && point.x <= box[2] && point.y >= box[1] && point.y <= box[3]) return label.mark;
    }
    return null;
  },

  /** The rectangles of panels and buttons, so that no name hides behind them. */
  controlBoxes() {
    const home = this._map.getContainer().getBoundingClientRect();
    const controls = this._map.getContainer().querySelectorAll(".leaflet-control");
    return [...controls].map((control) => control.getBoundingClientRect())
      .filter((box) => box.width && box.height)
      .map((box) => [box.left - home.left - 3, box.top - home.top - 3, box.right - home.left + 3, box.bottom - home.top + 3]);
  },

  follow(event) {
    for (const { node, latlng } of this.shown.values()) {
      // as L.Marker does it: the names travel with the signs while the map zooms
      L.DomUtil.setPosition(node, this._map._latLngToNewLayerPoint(latlng, event.zoom, event.center).round());
    }
  },

  settle() {
    for (const { node, latlng } of this.shown.values()) {
      L.DomUtil.setPosition(node, this._map.latLngToLayerPoint(latlng).round());
    }
  },
});
