"use strict";
/* Land, lakes, rivers and borders on one canvas. Leaflet's own canvas keeps an object for each of 40,000 corners
   and projects all of them at each zoom (45 ms); here they are projected once and drawn in about 5 ms. */

/** Read GeoJSON as a list of rings or lines in Mercator units (the world is 1 wide), each with its box. */
function mercatorLines(collection) {
  const lines = [];
  const read = (coordinates) => {
    if (typeof coordinates[0][0] !== "number") {
      coordinates.forEach(read);
      return;
    }
    const points = new Float64Array(coordinates.length * 2);
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    coordinates.forEach(([lon, lat], i) => {
      const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180);
      const x = lon / 360 + 0.5;
      const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
      points[2 * i] = x;
      points[2 * i + 1] = y;
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    });
    lines.push({ points, box });
  };
  for (const { geometry } of collection.features) if (geometry && geometry.coordinates.length) read(geometry.coordinates);
  return lines;
}

/** A canvas that moves and zooms as Leaflet's does, but paints `themes` instead of vector layers. */
const LandCanvas = L.Canvas.extend({
  options: { padding: 0.4, pane: "basemap" },

  /** Themes from the lowest: [{lines, fill?, stroke?, width?}]. */
  paint(themes) {
    this.themes = themes;
    if (this._map) this._draw();
  },

  // Leaflet calls these two when the canvas was moved to a new place, and when it was added.
  _updatePaths() {
    this._draw();
  },

  _draw() {
    if (!this._bounds || !this.themes) return;
    const context = this._ctx;
    const { min, max } = this._bounds;
    const scale = 256 * 2 ** this._map.getZoom();
    const origin = this._map.getPixelOrigin();
    const view = [min.x, min.y, max.x, max.y].map((value, i) => (value + (i % 2 ? origin.y : origin.x)) / scale);
    context.clearRect(min.x, min.y, max.x - min.x, max.y - min.y);
    context.lineJoin = "round";
    for (const { lines, fill, stroke, width } of this.themes) {
      context.beginPath();
      for (const { points, box } of lines) {
        if (box[0] < view[2] && box[2] > view[0] && box[1] < view[3] && box[3] > view[1]) trace(context, points, scale, origin);
      }
      if (fill) {
        context.fillStyle = fill;
        context.fill("evenodd");
      }
      if (stroke) {
        context.strokeStyle = stroke;
        context.lineWidth = width;
        context.stroke();
      }
    }
  },
});

/** Follow a line, leaving out corners that lie within a pixel of the last one. */
function trace(context, points, scale, origin) {
  let x = points[0] * scale - origin.x;
  let y = points[1] * scale - origin.y;
  context.moveTo(x, y);
  const last = points.length - 2;
  for (let i = 2; i <= last; i += 2) {
    const nextX = points[i] * scale - origin.x;
    const nextY = points[i + 1] * scale - origin.y;
    if (i < last && Math.abs(nextX - x) + Math.abs(nextY - y) < 1) continue;
    context.lineTo(nextX, nextY);
    x = nextX;
    y = nextY;
  }
}
