"use strict";
/* The signs of the incidents: one a place, one an area known no better, one a cell when there are very many. */

const PRECISION_WORDS = {
  site: "site", town: "town", district: "district", province: "known to the province only",
  region: "known to the region only", country: "known to the country only",
};

const DIRECTIONS = { ArrowRight: ["x", 1], ArrowLeft: ["x", -1], ArrowDown: ["y", 1], ArrowUp: ["y", -1] };

function countWords(count, singular = "incident") {
  return `${count.toLocaleString("en")} ${singular}${count === 1 ? "" : "s"}`;
}

/**
 * Read the columns of an answer as marks, one for each sign.
 * @typedef {{id: string, kind: "place"|"cell"|"area", name: string, latlng: [number, number], count: number,
 *   groups: Array, precision: string, uncertainty: number, radius: number, cell: string, sum: boolean}} Mark
 * @returns {Mark[]}
 */
function marksOf(answer) {
  const marks = [];
  const crowded = answer.mode === "cells";
  const read = (columns, kind, identify) => {
    if (!columns || !columns.lon) return;
    columns.lon.forEach((lon, i) => {
      const groups = orderedGroups(columns.kinds.map((kind, k) => [...kind, columns.counts[i][k]]).filter((group) => group[2]));
      const count = groups.reduce((sum, group) => sum + group[2], 0);
      marks.push({
        id: identify(columns, i), kind, latlng: [columns.lat[i], lon], count, groups,
        name: columns.name ? columns.name[i] || columns.id[i] : "",
        precision: columns.precision ? columns.precision[i] : "",
        uncertainty: columns.uncertainty_m ? columns.uncertainty_m[i] || 0 : 0,
        cell: columns.key ? columns.key[i] : "",
        radius: symbolRadius(count, crowded || groups.length > 1, crowded) + (kind === "area" ? 0.5 : 0), sum: crowded,
      });
    });
  };
  if (crowded) read(answer.cells, "cell", (columns, i) => `cell ${columns.key[i]}`);
  else read(answer.places, "place", (columns, i) => columns.id[i]);
  read(answer.areas, "area", (columns, i) => columns.id[i]);
  return marks;
}

/** Return the corners [[south, west], [north, east]] of a cell named level/x/y, as map tiles are. */
function cellCorners(cell) {
  const [level, x, y] = cell.split("/").map(Number);
  const side = 2 ** level;
  const latitude = (row) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / side))) * 180) / Math.PI;
  return [[latitude(y + 1), (x / side) * 360 - 180], [latitude(y), ((x + 1) / side) * 360 - 180]];
}

/** Say in words what a sign shows, for those who hear the map. */
function markWords(mark) {
  const bySide = new Map();
  for (const [side, , count] of mark.groups) bySide.set(side, (bySide.get(side) || 0) + count);
  const sides = [...bySide].map(([side, count]) => (bySide.size > 1 ? `${count} ${SIDES[side]}` : SIDES[side])).join(", ");
  const name = mark.kind === "cell" ? "Group" : mark.name;
  const extent = mark.kind === "area" ? `, ${PRECISION_WORDS[mark.precision] || "area"}` : "";
  return `${name}: ${countWords(mark.count)}${extent}${sides ? ` (${sides})` : ""}`;
}

const SignMarker = L.Marker.extend({
  _setPos(point) {
    putAt(this._icon, point);
    this._zIndex = point.y + this.options.zIndexOffset;
    this._resetZIndex();
  },
});

/** Holds the markers; those that stay are moved and repainted, not made anew. */
class IncidentLayer {
  /**
   * @param {(mark: Mark, how: {keyboard: boolean}) => void} onPick
   * @param {(markId: string|null) => void} onPoint told which sign the reader points at
   * @param {string} letter borne by the signs of a table that is not the one the page is about
   */
  constructor(map, onPick, onPoint, letter = "") {
    this.letter = letter;
    this.map = map;
    this.onPick = onPick;
    this.onPoint = onPoint;
    this.points = L.layerGroup(); // places and cells
    this.areas = L.layerGroup(); // incidents known to an area only
    this.markers = new Map();
    this.marks = [];
    this.stop = null; // the sign that the Tab key reaches
    // One tip for all: a bound tooltip would hand its text to streamlit-folium, which reads it as HTML.
    this.tip = L.tooltip({ className: "mark-tip", direction: "top", opacity: 1 });
  }

  groupOf(mark) {
    return mark.kind === "area" ? this.areas : this.points;
  }

  /** The marks that the reader has not switched off. */
  get visible() {
    return this.marks.filter((mark) => this.map.hasLayer(this.groupOf(mark)));
  }

  /** Draw the marks, and a ring around the one that is selected. */
  draw(marks, selectedId) {
    this.marks = marks;
    const left = new Set(this.markers.keys());
    for (const mark of marks) {
      left.delete(mark.id);
      const held = this.markers.get(mark.id) || this.make(mark);
      held.mark = mark;
      this.update(held, mark, mark.id === selectedId && mark.kind !== "cell");
    }
    for (const id of left) {
      const { marker, mark } = this.markers.get(id);
      this.groupOf(mark).removeLayer(marker);
      marker.off();
      this.markers.delete(id);
    }
    if (!this.seen.some((mark) => mark.id === this.stop)) this.stopAt(this.near(this.map.getSize().divideBy(2), Infinity)[0]?.mark.id);
  }

  /** The visible marks that lie in view. */
  get seen() {
    const view = this.map.getBounds();
    return this.visible.filter((mark) => view.contains(mark.latlng));
  }

  /** Let the Tab key reach one sign and no other: the arrow keys go on from there. */
  stopAt(id) {
    for (const [one, tabIndex] of [[this.stop, -1], [id, 0]]) {
      const node = this.markers.get(one)?.marker.getElement();
      if (node) node.tabIndex = tabIndex;
    }
    this.stop = id;
  }

  /** Go from a sign to the next one to the east, west, north or south, however far it is, so that each can be reached. */
  step(from, [axis, way]) {
    const order = this.visible.map(({ id, latlng }) => ({ id, at: this.map.latLngToContainerPoint(latlng)[axis] })).sort((a, b) => a.at - b.at);
    const next = order[order.findIndex(({ id }) => id === from.id) + way];
    if (next) this.focus(next.id);
  }

  make(mark) {
    const button = element("div", this.letter ? "mark-body beside" : "mark-body");
    const icon = L.divIcon({ html: button, className: "mark", iconSize: null });
    const marker = new SignMarker(mark.latlng, { icon, keyboard: true, riseOnHover: true, autoPanOnFocus: true, bubblingMouseEvents: false });
    const held = { marker, button, mark, drawn: "" };
    marker.on("click", (event) => this.pick(held, event));
    marker.on("add", () => this.prepare(held));
    marker.on("mouseover", () => this.hint(held));
    marker.on("mouseout remove", () => this.unhint());
    this.groupOf(mark).addLayer(marker);
    this.markers.set(mark.id, held);
    return held;
  }

  /** Leaflet makes the node when the marker comes onto the map, also again after the layer was switched off. */
  prepare(held) {
    const node = held.marker.getElement();
    node.tabIndex = held.mark.id === this.stop ? 0 : -1;
    node.addEventListener("keydown", (event) => {
      const direction = DIRECTIONS[event.key];
      if (!direction && event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      if (direction) {
        this.step(held.mark, direction);
        return;
      }
      this.tip.remove();
      this.onPick(held.mark, { keyboard: true });
    });
    node.addEventListener("focus", () => {
      this.stopAt(held.mark.id);
      if (node.matches(":focus-visible")) this.hint(held);
    });
    node.addEventListener("blur", () => this.unhint());
    this.describe(held);
  }

  hint({ mark }) {
    const words = element("span");
    const name = element("b", "", mark.kind === "cell" ? "" : mark.name);
    name.dir = "auto";
    words.append(name, element("span", "", markWords({ ...mark, name: "" }).replace(/^(Group)?: /, "")));
    this.tip.options.offset = [0, -mark.radius - 2];
    this.tip.setContent(words).setLatLng(mark.latlng).addTo(this.map);
    this.onPoint(mark.id);
  }

  unhint() {
    this.tip.remove();
    this.onPoint(null);
  }

  update(held, mark, selected) {
    const { marker } = held;
    const sign = { count: mark.count, area: mark.kind === "area", radius: mark.radius };
    if (this.moved(marker.getLatLng(), mark.latlng)) marker.setLatLng(mark.latlng);
    const drawn = `${symbolLook(mark.groups, sign)} ${selected}`;
    held.selected = selected;
    if (drawn !== held.drawn) this.repaint(held, mark, sign);
    held.drawn = drawn;
    this.describe(held);
  }

  /** Say whether a place has moved by more than a quarter of a pixel. */
  moved({ lat, lng }, [newLat, newLng]) {
    const perDegree = 256 * 2 ** this.map.getZoom() / 360 / Math.cos(Math.min(Math.abs(lat), 85) * (Math.PI / 180));
    return Math.max(Math.abs(lat - newLat), Math.abs(lng - newLng)) * perDegree > 0.25;
  }

  repaint({ marker, button, selected }, mark, look) {
    const { area, radius } = look;
    const sign = (mark.sum ? sumSign : incidentSymbol)(mark.groups, look);
    const ring = selected ? [selectionRing(area, radius + 4)] : [];
    button.replaceChildren(sign, ...ring, ...(this.letter ? [element("span", "table-letter", this.letter)] : []));
    // Small signs lie above large ones, so that each can be reached; those of a table beside lie below all.
    marker.setZIndexOffset((selected ? 40000 : 0) + (this.letter ? -40000 : 0) + Math.round((30 - radius) * 1000));
  }

  describe({ marker, mark, selected }) {
    const node = marker.getElement();
    const words = markWords(mark);
    if (!node || (node.getAttribute("aria-label") === words && node.classList.contains("selected") === Boolean(selected))) return;
    node.setAttribute("role", "button");
    node.setAttribute("aria-keyshortcuts", "ArrowRight ArrowLeft ArrowDown ArrowUp");
    node.setAttribute("aria-label", words);
    node.style.setProperty("--r", `${mark.radius}px`);
    node.classList.toggle("area", mark.kind === "area");
    node.classList.toggle("selected", Boolean(selected));
    if (selected) node.setAttribute("aria-current", "true");
    else node.removeAttribute("aria-current");
  }

  /** Where hit areas overlap, the sign whose edge is nearest to the pointer is meant. */
  pick(held, event) {
    this.tip.remove();
    const point = event.containerPoint || this.map.latLngToContainerPoint(held.mark.latlng);
    const near = this.near(point, 22);
    const inside = near.filter(({ edge }) => edge <= 0);
    const meant = inside.length ? inside.find(({ mark }) => mark === held.mark) || inside[0] : near[0];
    this.onPick(meant ? meant.mark : held.mark, { keyboard: false });
  }

  /** Return the marks whose edge is at most `reach` pixels from a point, nearest first. */
  near(point, reach) {
    return this.visible
      .map((mark) => ({ mark, edge: point.distanceTo(this.map.latLngToContainerPoint(mark.latlng)) - mark.radius }))
      .filter(({ edge }) => edge <= reach)
      .sort((a, b) => a.edge - b.edge);
  }

  /** Return the other marks that a sign covers or touches. */
  overlapping(mark) {
    const at = this.map.latLngToContainerPoint(mark.latlng);
    return this.near(at, mark.radius * 0.6).map((found) => found.mark).filter((other) => other.id !== mark.id);
  }

  focus(id) {
    const held = this.markers.get(id);
    const node = held && held.marker.getElement();
    if (node) node.focus({ preventScroll: true });
  }

  /** The names of the marks, for the label layer. */
  names(selectedId) {
    return this.visible.filter((mark) => mark.kind !== "cell").map((mark) => ({
      key: `mark ${mark.id}`,
      mark: mark.id,
      text: mark.name,
      latlng: mark.latlng,
      kind: mark.kind,
      radius: mark.radius,
      selected: mark.id === selectedId,
      important: mark.id === selectedId || mark.count > 1,
      priority: mark.id === selectedId ? -1 : 5000 - Math.min(mark.count, 4000) + (mark.kind === "area" ? 500 : 0),
    }));
  }
}

function selectionRing(area, radius) {
  const side = 2 * radius + 6;
  const root = svg("svg", {
    class: "sign selection", width: side, height: side, viewBox: `${-side / 2} ${-side / 2} ${side} ${side}`, "aria-hidden": "true",
  });
  outline(root, area, radius, { class: "selection-halo" });
  outline(root, area, radius, { class: "selection-ring" });
  return root;
}
