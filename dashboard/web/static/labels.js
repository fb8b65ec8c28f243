"use strict";
/* Names on the map that never collide: the more important a name, the earlier it chooses its place. */

const LABEL_STYLES = {
  // font is what the text is measured with; it must say the same as the class `label-KIND` in incident-map.css
  // wrap is the width above which a name takes two lines
  place: { font: "600 13px", height: 15, widest: 170, wrap: 104 },
  area: { font: "italic 600 13px", height: 15, widest: 170, wrap: 110 },
  count: { font: "600 13px", height: 15, widest: 60 },
  site: { font: "400 12px", height: 14, widest: 150, wrap: 100 },
  note: { font: "italic 400 12px", height: 14, widest: 150 },
  town: { font: "400 12px", height: 14, widest: 130 },
  country: { font: "500 12px", height: 15, widest: 260, spacing: 4.2 },
  sea: { font: "italic 400 12px", height: 15, widest: 200, spacing: 1.2 },
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

/** Break a long name into two lines of about equal length. */
function breakName(text, widthOf, widest) {
  const words = text.split(" ");
  if (words.length < 2 || widthOf(text) <= widest) return [text];
  let best = [text];
  for (let i = 1; i < words.length; i += 1) {
    const lines = [words.slice(0, i).join(" "), words.slice(i).join(" ")];
    if (best.length === 1 || Math.max(...lines.map(widthOf)) < Math.max(...best.map(widthOf))) best = lines;
  }
  return best;
}

/**
 * Where a name may stand around its point, best first: offset of the top left corner, side of the text that
 * faces the point, and whether a leader line joins the two.
 */
function* labelSpots(label, width, height) {
  const r = label.radius || 0;
  if (label.spots === "centre") {
    for (const [x, y] of [[0, 0], [0, -20], [0, 20], [-36, 0], [36, 0], [0, -40], [0, 40], [-72, 0], [72, 0], [-50, -26], [50, 26], [-50, 26], [50, -26]]) {
      yield { x: x - width / 2, y: y - height / 2, align: "center" };
    }
    return;
  }
  const around = (gap, diagonal, leader) => [
    { x: gap, y: -height / 2, align: "left", leader },
    { x: diagonal, y: 3 - diagonal - height, align: "left", leader },
    { x: diagonal, y: diagonal - 3, align: "left", leader },
    { x: -gap - width, y: -height / 2, align: "right", leader },
    { x: -diagonal - width, y: 3 - diagonal - height, align: "right", leader },
    { x: -diagonal - width, y: diagonal - 3, align: "right", leader },
    { x: -width / 2, y: 1 - gap - height, align: "center", leader },
    { x: -width / 2, y: gap - 1, align: "center", leader },
  ];
  const near = around(label.kind === "town" ? 5 : r + 4, r * 0.71 + 2, false);
  if (label.kind === "note") yield* [7, 5, 2, 6, 4, 1].map((i) => near[i]);
  else yield* near;
  if (label.kind !== "place") return;
  for (const away of label.important ? [18, 34] : [18]) yield* around(r + away, r * 0.71 + away * 0.8, true);
}

/**
 * The layer of names. Every name is {key, text, latlng, kind, priority, radius?, spots?, selected?, important?};
 * smaller priority chooses first. Obstacles are {latlng, radius, key}: signs that no name may cover.
 */
const LabelLayer = L.Layer.extend({
  initialize() {
    this.groups = new Map();
    this.obstacles = [];
    this.shown = new Map();
    this.sizes = new Map();
  },

  onAdd(map) {
    this.pane = map.getPane("labels") || map.createPane("labels");
    this.context = document.createElement("canvas").getContext("2d");
    // The names are measured by the font they will have; until it is there they are measured by another.
    const faces = Object.values(LABEL_STYLES).map(({ font }) => document.fonts.load(`${font} ${LABEL_FAMILY}`));
    Promise.allSettled(faces).then(() => {
      this.sizes.clear();
      this.arrange();
    });
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

  /** Return {width, height, lines} of a name in pixels. */
  measure(label) {
    const style = LABEL_STYLES[label.kind];
    const key = `${label.kind} ${label.text}`;
    if (!this.sizes.has(key)) {
      if (this.sizes.size > 4000) this.sizes.clear();
      this.context.font = `${style.font} ${LABEL_FAMILY}`;
      const widthOf = (text) => this.context.measureText(text).width + (style.spacing || 0) * text.length;
      const text = label.text.length > 120 ? `${label.text.slice(0, 119)}…` : label.text;
      const lines = style.wrap ? breakName(text, widthOf, style.wrap) : [label.kind === "country" ? text.toUpperCase() : text];
      const width = Math.min(Math.ceil(Math.max(...lines.map(widthOf))) + 2, style.widest);
      this.sizes.set(key, { width, height: style.height * lines.length, lines });
    }
    return this.sizes.get(key);
  },

  /**
   * Place all names anew: selected, then by priority; those without room are left out.
   * @param {number[][]} controls where panels and buttons lie; known beforehand where much has just been drawn, as measuring would wait for it
   */
  arrange(controls = this._map && controlBoxes(this._map.getContainer())) {
    const map = this._map;
    if (!map) return;
    const size = map.getSize();
    const taken = new TakenSpace();
    this.signs = this.obstacles.map(({ latlng, radius, key }) => ({ at: map.latLngToContainerPoint(latlng), radius, key }));
    for (const box of controls) taken.add(box);
    const hidden = ({ x, y }) => controls.some(([left, top, right, bottom]) => x > left && x < right && y > top && y < bottom);
    for (const { at, radius, key } of this.signs) {
      taken.add([at.x - radius, at.y - radius, at.x + radius, at.y + radius], key);
    }
    const labels = [...this.groups.values()].flat().sort((a, b) => a.priority - b.priority);
    const kept = new Set();
    for (const label of labels) {
      const at = map.latLngToContainerPoint(label.latlng);
      if (at.x < -20 || at.y < -20 || at.x > size.x + 20 || at.y > size.y + 20 || hidden(at)) continue;
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
    const { width, height } = this.measure(label);
    const point = label.kind === "town" ? [at.x - 3, at.y - 3, at.x + 3, at.y + 3] : null;
    if (point && !taken.isFree(point)) return null;
    const spots = [...labelSpots(label, width, height)];
    const before = this.shown.get(label.key);
    // A name that stood well stays there: names must not jump about while the reader pans.
    const order = [...(before ? [before.index] : []), ...spots.keys()].filter((index) => spots[index]);
    const doubtful = [];
    for (const index of [...order, ...order.map((one) => one - spots.length)]) {
      const again = index < 0; // the second round takes what was doubtful in the first
      const spot = spots[again ? index + spots.length : index];
      if (again && !doubtful.includes(spot)) continue;
      const box = [at.x + spot.x - 1, at.y + spot.y, at.x + spot.x + width + 1, at.y + spot.y + height];
      const inside = box[0] > 2 && box[1] > 2 && box[2] < size.x - 2 && box[3] < size.y - 2;
      if (!inside || !taken.isFree(box, label.key)) continue;
      if (!again && label.mark && this.misleads(box, label, spot.leader)) {
        if (!spot.leader) doubtful.push(spot);
        continue;
      }
      taken.add(box);
      if (point) taken.add(point);
      return { ...spot, index: again ? index + spots.length : index, box, width, height };
    }
    return null;
  },

  /** Say whether a name would stand nearer to another sign than to its own, or, without a leader line, just as near. */
  misleads([left, top, right, bottom], label, leader) {
    if (this.signs.length > 150) return Boolean(leader); // so many signs leave no room for leader lines
    const distance = ({ at, radius }) => Math.hypot(at.x - Math.max(left, Math.min(at.x, right)), at.y - Math.max(top, Math.min(at.y, bottom))) - radius;
    const own = this.signs.find(({ key }) => key === label.key);
    const away = own ? distance(own) : 0;
    const near = leader ? Math.min(away - 3, 14) : away + 3;
    return this.signs.some((sign) => sign !== own && distance(sign) < near);
  },

  put(label, spot) {
    let shown = this.shown.get(label.key);
    if (!shown) {
      const node = element("div", "map-label leaflet-zoom-animated");
      const leader = element("i", "leader");
      const text = element("span", "");
      text.dir = "auto";
      node.append(leader, text);
      node.setAttribute("aria-hidden", "true"); // the sign's own button already says the name
      shown = { node, leader, text };
      this.shown.set(label.key, shown);
      this.pane.append(node);
    }
    Object.assign(shown, { label, latlng: L.latLng(label.latlng), index: spot.index, box: spot.box });
    const name = `map-label leaflet-zoom-animated label-${label.kind}${label.selected ? " selected" : ""}`;
    if (shown.node.className !== name) shown.node.className = name;
    const lines = this.measure(label).lines.join("\n");
    if (shown.text.textContent !== lines) shown.text.textContent = lines;
    shown.text.style.cssText = `left:${Math.round(spot.x)}px;top:${Math.round(spot.y)}px;width:${spot.width}px;text-align:${spot.align}`;
    shown.leader.style.cssText = spot.leader ? leaderStyle(label.radius || 0, spot) : "display:none";
    putAt(shown.node, this._map.latLngToLayerPoint(shown.latlng).round());
  },

  /** Return the name under a point of the container, if it is one that belongs to a sign. */
  at(point) {
    for (const { label, box } of this.shown.values()) {
      if (label.mark && point.x >= box[0] && point.x <= box[2] && point.y >= box[1] && point.y <= box[3]) return label.mark;
    }
    return null;
  },

  follow(event) {
    for (const { node, latlng } of this.shown.values()) {
      // as L.Marker does it: the names travel with the signs while the map zooms
      putAt(node, this._map._latLngToNewLayerPoint(latlng, event.zoom, event.center).round());
    }
  },

  settle() {
    for (const { node, latlng } of this.shown.values()) {
      putAt(node, this._map.latLngToLayerPoint(latlng).round());
    }
  },
});

/** A thin line from the edge of the sign to the nearest point of its name. */
function leaderStyle(radius, { x, y, width, height }) {
  const endX = Math.max(x - 1, Math.min(0, x + width + 1));
  const endY = Math.max(y + 2, Math.min(0, y + height - 2));
  const length = Math.hypot(endX, endY);
  const angle = Math.atan2(endY, endX);
  const start = radius + 1;
  return `width:${Math.max(0, length - start - 1).toFixed(1)}px;transform:rotate(${angle.toFixed(4)}rad) translate(${start}px)`;
}

/** The rectangles [left, top, right, bottom] of panels and buttons within the map, with a little room around. */
function controlBoxes(container) {
  const home = container.getBoundingClientRect();
  return [...container.querySelectorAll(".leaflet-control")].map((control) => control.getBoundingClientRect())
    .filter((box) => box.width && box.height)
    .map((box) => [box.left - home.left - 3, box.top - home.top - 3, box.right - home.left + 3, box.bottom - home.top + 3]);
}
