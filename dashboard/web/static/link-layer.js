"use strict";
/* Arrows from what happened to what it was answered with. */

/** Draws arcs in pixels of the present zoom, so that arrows end at the edge of the signs. */
class LinkLayer {
  constructor(map) {
    this.map = map;
    this.group = L.layerGroup();
    const pane = map.createPane("links");
    pane.style.zIndex = 450;
    pane.style.pointerEvents = "none";
    this.renderer = L.svg({ pane: "links", padding: 0.4 });
    this.drawn = "";
  }

  /** @param {Array<[number, number, number, number, string, string, number]>} links from lon, lat to lon, lat, from id, to id, count */
  draw(links, marks, selectedId) {
    const byId = new Map(marks.map((mark) => [mark.id, mark]));
    const key = JSON.stringify([links, this.map.getZoom(), selectedId, marks.map((mark) => [mark.id, mark.radius, mark.latlng])]);
    if (key === this.drawn) return;
    this.drawn = key;
    this.group.clearLayers();
    const touching = links.some((link) => selectedId && (link[4] === selectedId || link[5] === selectedId));
    for (const [fromLon, fromLat, toLon, toLat, fromId, toId, count] of links) {
      const from = byId.get(fromId);
      const to = byId.get(toId);
      const arc = this.arc(from ? from.latlng : [fromLat, fromLon], to ? to.latlng : [toLat, toLon],
        from ? from.radius : 3, to ? to.radius : 3);
      if (!arc) continue;
      const mine = touching && (fromId === selectedId || toId === selectedId);
      const emphasis = mine ? "selected" : touching || links.length > 14 ? "faint" : "";
      const options = { pane: "links", renderer: this.renderer, interactive: false, noClip: true, smoothFactor: 0 };
      const weight = Math.min(1.3 + 0.35 * Math.log2(count || 1), 3);
      this.group.addLayer(L.polyline(arc.line, { ...options, className: `link-halo ${emphasis}`, weight: weight + 2.4 }));
      this.group.addLayer(L.polyline(arc.line, { ...options, className: `link-line ${emphasis}`, weight }));
      this.group.addLayer(L.polygon(arc.head, { ...options, className: `link-head ${emphasis}` }));
    }
  }

  /** Return the latlngs of a bent line and its arrow head, or null when the ends nearly touch. */
  arc(fromLatLng, toLatLng, fromRadius, toRadius) {
    const zoom = this.map.getZoom();
    const a = this.map.project(fromLatLng, zoom);
    const b = this.map.project(toLatLng, zoom);
    const length = a.distanceTo(b);
    if (length < fromRadius + toRadius + 14) return null;
    const bend = Math.min(0.2 * length, 110);
    const control = a.add(b).divideBy(2).add(L.point(b.y - a.y, a.x - b.x).multiplyBy(bend / length));
    const at = (t) => a.multiplyBy((1 - t) ** 2).add(control.multiplyBy(2 * t * (1 - t))).add(b.multiplyBy(t * t));
    const points = Array.from({ length: 49 }, (_, i) => at(i / 48));
    const shown = points.filter((point) => point.distanceTo(a) > fromRadius + 3 && point.distanceTo(b) > toRadius + 10);
    if (shown.length < 2) return null;
    const neck = shown[shown.length - 1];
    const aim = b.subtract(neck);
    const unit = aim.divideBy(aim.distanceTo([0, 0]) || 1);
    const tip = b.subtract(unit.multiplyBy(toRadius + 2.5));
    const foot = tip.subtract(unit.multiplyBy(8));
    const across = L.point(-unit.y, unit.x).multiplyBy(3.6);
    const back = (point) => this.map.unproject(point, zoom);
    return { line: [...shown, foot].map(back), head: [tip, foot.add(across), foot.subtract(across)].map(back) };
  }
}
