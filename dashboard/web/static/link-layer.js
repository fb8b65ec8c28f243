"use strict";
/* Arrows from what happened to what it was answered with. */

/** A path that draws itself anew in whole and broken pixels at each zoom; Leaflet's own rounds, and a bow would wobble. */
const DrawnPath = L.Polyline.extend({
  options: { interactive: false, noClip: true, smoothFactor: 0 },

  _updatePath() {
    const origin = this._map.getPixelOrigin();
    const place = (latlng) => this._map.project(latlng).subtract(origin);
    this._path.setAttribute("d", this.options.outline(place));
  },
});

const rounded = ({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** Bend a line from a to b to the left, and cut it at the rims of the signs; null when the signs nearly touch. */
function bow(a, b, fromRadius, toRadius) {
  const length = a.distanceTo(b);
  if (length < fromRadius + toRadius + 16) return null;
  const bend = Math.min(0.2 * length, 120);
  const control = a.add(b).divideBy(2).add(L.point(b.y - a.y, a.x - b.x).multiplyBy(bend / length));
  const at = (t) => a.multiplyBy((1 - t) ** 2).add(control.multiplyBy(2 * t * (1 - t))).add(b.multiplyBy(t * t));
  const steps = Array.from({ length: 65 }, (_, i) => i / 64);
  const start = steps.find((t) => at(t).distanceTo(a) >= fromRadius + 3);
  const end = steps.findLast((t) => at(t).distanceTo(b) >= toRadius + 9);
  if (start === undefined || end === undefined || start >= end) return null;
  // the part of a quadratic curve between two parameters is again one
  const middle = a.multiplyBy((1 - start) * (1 - end)).add(control.multiplyBy(start + end - 2 * start * end)).add(b.multiplyBy(start * end));
  const neck = at(end);
  const unit = b.subtract(neck).divideBy(b.distanceTo(neck));
  return { from: at(start), middle, neck, unit };
}

/** Return a width in fifths of a pixel. */
function weightOf(count) {
  return Math.round(5 * Math.min(1.3 + 0.35 * Math.log2(count || 1), 3)) / 5;
}

/** Draws the arrows between signs; their ends keep clear of the signs at every zoom. */
class LinkLayer {
  constructor(map) {
    this.map = map;
    this.group = L.layerGroup();
    const pane = map.createPane("links");
    pane.style.zIndex = 450;
    pane.style.pointerEvents = "none";
    this.renderer = L.svg({ pane: "links", padding: 0.4 });
    this.drawn = new Map();
  }

  /** @param {Array<[number, number, number, number, string, string, number]>} links from lon, lat to lon, lat, from id, to id, count */
  draw(links, marks, selectedId) {
    const byId = new Map(marks.map((mark) => [mark.id, mark]));
    const touching = links.some((link) => selectedId && (link[4] === selectedId || link[5] === selectedId));
    const left = new Map(this.drawn);
    for (const [fromLon, fromLat, toLon, toLat, fromId, toId, count] of links) {
      const from = byId.get(fromId);
      const to = byId.get(toId);
      const ends = [from ? from.latlng : [fromLat, fromLon], to ? to.latlng : [toLat, toLon]];
      const radii = [from ? from.radius : 3, to ? to.radius : 3];
      const mine = touching && (fromId === selectedId || toId === selectedId);
      const emphasis = mine ? "selected" : touching || links.length > 14 ? "faint" : "";
      const key = [fromLon, fromLat, toLon, toLat, fromId, toId].join(" ");
      const look = JSON.stringify([ends.flat().map((degrees) => degrees.toFixed(2)), radii.map(Math.round), weightOf(count), emphasis]);
      left.delete(key);
      if (this.drawn.get(key)?.look === look) continue;
      this.remove(key);
      this.drawn.set(key, { look, paths: this.add(ends, radii, weightOf(count), emphasis) });
    }
    for (const key of left.keys()) this.remove(key);
  }

  remove(key) {
    for (const path of this.drawn.get(key)?.paths || []) this.group.removeLayer(path);
    this.drawn.delete(key);
  }

  /** Draw an arrow, and return its paths. */
  add(ends, radii, weight, emphasis) {
    const arc = (place) => bow(place(ends[0]), place(ends[1]), ...radii);
    const line = (place) => {
      const { from, middle, neck } = arc(place) || {};
      return from ? `M${rounded(from)}Q${rounded(middle)} ${rounded(neck)}` : "M0 0";
    };
    const head = (place) => {
      const { neck, unit } = arc(place) || {};
      if (!neck) return "M0 0";
      const across = L.point(-unit.y, unit.x).multiplyBy(3.2 + weight / 3);
      const foot = neck.subtract(unit);
      return `M${rounded(neck.add(unit.multiplyBy(6.5)))}L${rounded(foot.add(across))} ${rounded(foot.subtract(across))}Z`;
    };
    const draw = (className, width, outline) => {
      const path = new DrawnPath(ends, { pane: "links", renderer: this.renderer, className: `${className} ${emphasis}`, weight: width, outline });
      this.group.addLayer(path);
      return path;
    };
    return [draw("link-halo", weight + 2.4, line), draw("link-line", weight, line), draw("link-head", 0, head)];
  }
}
