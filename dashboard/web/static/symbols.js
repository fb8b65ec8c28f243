"use strict";
/* The signs of the map. Colour says which side, fill says who holds it responsible, shape says point or area.
   Colours live in incident-map.css: a sign only names its side by a class. */

const SVG = "http://www.w3.org/2000/svg";

/** Sides in the order in which legends, wedges and lists show them. */
const SIDES = {
  "iran-and-allies": "Iran and allies",
  "us-led-coalition": "US-led coalition",
  israel: "Israel",
  iraq: "Iraq (government)",
  "islamic-state": "Islamic State",
  other: "Other",
  unknown: "Unknown",
};

const ATTRIBUTIONS = {
  claimed: "claimed",
  attributed: "attributed",
  alleged: "alleged",
  unknown: "nobody named",
};

/** Return the side if it is one that has a colour, so that no class name is made from data. */
function knownSide(side) {
  return Object.hasOwn(SIDES, side) ? side : "other";
}

function knownAttribution(attribution) {
  return Object.hasOwn(ATTRIBUTIONS, attribution) ? attribution : "unknown";
}

function svg(name, attributes, parent) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (parent) parent.append(element);
  return element;
}

/** Return an element with text that stays text, whatever it contains. */
function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined && text !== null) made.textContent = text;
  return made;
}

/** Put a node at a point of its pane as Leaflet does, but not by a transform, which costs the browser as much as a layer. */
function putAt(node, point) {
  node._leaflet_pos = point;
  node.style.left = `${point.x}px`;
  node.style.top = `${point.y}px`;
}

const SIDE_ORDER = Object.keys(SIDES);
const ATTRIBUTION_ORDER = Object.keys(ATTRIBUTIONS);

/** Put groups ([side, attribution, count]) into one order and merge those that look the same; a blank attribution stands for all. */
function orderedGroups(groups) {
  const merged = [];
  for (const [side, told, count] of groups) {
    const attribution = told && knownAttribution(told);
    const at = SIDE_ORDER.indexOf(knownSide(side)) * (ATTRIBUTION_ORDER.length + 1) + ATTRIBUTION_ORDER.indexOf(attribution) + 1;
    merged[at] ||= [knownSide(side), attribution, 0];
    merged[at][2] += count;
  }
  return merged.filter(Boolean);
}

/** Return the side with the most incidents among groups. */
function dominantSide(groups) {
  const counts = {};
  for (const [side, , count] of groups) counts[knownSide(side)] = (counts[knownSide(side)] || 0) + count;
  return Object.keys(counts).sort((a, b) => counts[b] - counts[a])[0] || "unknown";
}

/** Return a radius in half pixels that grows gently: 1 → 6.5, 2 → 9.5, 10 → 13, 100 → 18.5, 1000 → 24; less on a crowded map. */
function symbolRadius(count, mixed, crowded) {
  const alone = count <= 1 ? 6.5 : Math.min(26, 7.9 + 2.3 * Math.log(count));
  const radius = crowded ? Math.max(6.5, 0.66 * alone) : alone;
  return Math.round(2 * (mixed ? Math.max(11, radius + 1.5) : radius)) / 2;
}

/** Write 1234 as 1.2k: a marker has room for three signs. */
function shortCount(count) {
  if (count < 1000) return String(count);
  if (count < 9950) return `${(count / 1000).toFixed(1)}k`;
  return count < 999500 ? `${Math.round(count / 1000)}k` : `${(count / 1e6).toFixed(1)}M`;
}

/** Return all that decides how the sign of ordered groups looks, shares of it to half a per cent. */
function symbolLook(groups, { count, area, radius }) {
  const shares = groups.map(([side, attribution, part]) => `${side} ${attribution} ${Math.round((part / count) * 200)}`);
  return `${shares} ${radius} ${count > 1 ? shortCount(count) : ""} ${area}`;
}

/**
 * Draw the sign of a crowded map, which tells sides and a number but not who says so: a ring around the number.
 * One element, as a map has a hundred of them and a slider's move may change all.
 * @param {Array<[string, string, number]>} groups in order
 */
function sumSign(groups, { count, area = false, radius }) {
  const sign = element("div", `sign sum-sign${area ? " area" : ""}`, shortCount(count));
  let start = 0;
  const parts = groups.map(([side, , part]) => {
    const end = start + (100 * part) / count;
    const told = `var(--${side}) ${start.toFixed(1)}% ${end.toFixed(1)}%`;
    start = end;
    return told;
  });
  const wide = `${2 * radius}px`;
  sign.style.cssText = `width:${wide};height:${wide};font-size:${countSize(count, radius, true)}px;line-height:${2 * radius - 8}px;--parts:${parts}`;
  return sign;
}

/**
 * Draw the sign of a place (circle) or of an area (square).
 * @param {Array<[string, string, number]>} groups side, attribution and count of each wedge
 * @param {{count: number, area?: boolean, radius: number}} options
 * @returns {SVGElement} centred on its own (0, 0)
 */
function incidentSymbol(groups, { count, area = false, radius: r }) {
  const wedges = orderedGroups(groups);
  const mixed = wedges.length > 1;
  const side = 2 * r + 6;
  const root = svg("svg", {
    class: "sign", width: side, height: side, viewBox: `${-side / 2} ${-side / 2} ${side} ${side}`,
    "aria-hidden": "true", focusable: "false",
  });
  outline(root, area, r + 1.5, { class: "sign-halo" });
  if (mixed) drawWedges(root, wedges, area, r);
  else drawSingle(root, wedges[0] || ["unknown", "unknown", count], area, r);
  if (count > 1) {
    const label = svg("text", { class: "sign-count", y: 0, "font-size": countSize(count, r, mixed) }, root);
    if (!mixed && wedges[0] && wedges[0][1] === "claimed") label.classList.add("on-side", `side-${wedges[0][0]}`);
    label.textContent = shortCount(count);
  }
  return root;
}

function countSize(count, r, mixed) {
  const room = (mixed ? r - 4 : r - 1.5) * 2;
  return Math.min(12.5, (room * 0.98) / (shortCount(count).length * 0.62)).toFixed(1);
}

/** Draw a circle, from its top on, or a square. No `<circle>` turned by a transform: each of those costs the browser as much as a layer. */
function outline(parent, area, r, attributes) {
  if (!area) return svg("path", { d: `M0${-r}A${r} ${r} 0 0 1 0 ${r}A${r} ${r} 0 0 1 0 ${-r}Z`, pathLength: 100, ...attributes }, parent);
  const at = { x: -r, y: -r, width: 2 * r, height: 2 * r, rx: Math.min(3, r / 2) };
  return svg("rect", { ...at, pathLength: 100, ...attributes }, parent);
}

function drawSingle(root, [side, attribution], area, r) {
  const shape = `sign-shape side-${side} ${attribution}`;
  if (attribution === "claimed") {
    outline(root, area, r, { class: shape });
    return;
  }
  const stroke = { attributed: 2.4, alleged: 2, unknown: 1.6 }[attribution];
  outline(root, area, r - stroke / 2, { class: `${shape} inside`, "stroke-width": stroke });
  const ring = outline(root, area, r - stroke / 2, { class: `${shape} ring`, "stroke-width": stroke });
  if (attribution !== "attributed") dash(ring, 0, 100, r, attribution, 0);
}

/** Draw a ring of wedges: each is a stroke along a part of the outline, whose whole length counts as 100. */
function drawWedges(root, wedges, area, r) {
  const width = 4.4;
  const total = wedges.reduce((sum, wedge) => sum + wedge[2], 0) || 1;
  const gap = (1.4 / (2 * Math.PI * r)) * 100;
  let start = 0;
  for (const [side, attribution, count] of wedges) {
    const length = Math.max((count / total) * 100, 4);
    const shape = `sign-wedge side-${side} ${attribution}`;
    const band = outline(root, area, r - width / 2, { class: `${shape} band`, "stroke-width": width });
    part(band, start + gap / 2, length - gap);
    if (attribution !== "claimed") {
      const stroke = attribution === "attributed" ? 2 : 1.7;
      const edge = outline(root, area, r - stroke / 2, { class: `${shape} edge`, "stroke-width": stroke });
      if (attribution === "attributed") part(edge, start + gap / 2, length - gap);
      else dash(edge, start, length, r, attribution, gap);
    }
    start += length;
  }
}

function part(shape, start, length) {
  shape.setAttribute("stroke-dasharray", `${Math.max(length, 0.5)} 200`);
  shape.setAttribute("stroke-dashoffset", -start);
}

/** Dash a part of an outline with a whole number of dashes (alleged) or dots (unknown). */
function dash(shape, start, length, r, attribution, gap) {
  const dotted = attribution === "unknown";
  const pixels = ((length - gap) / 100) * 2 * Math.PI * r;
  const number = Math.max(2, Math.round(pixels / (dotted ? 3.6 : 5.6)));
  const period = (length - gap) / number;
  const on = period * (dotted ? 0.45 : 0.62);
  const pattern = Array(number).fill(`${on} ${period - on}`).join(" ");
  shape.setAttribute("stroke-dasharray", length >= 100 ? `${on} ${period - on}` : `${pattern} 0 200`);
  shape.setAttribute("stroke-dashoffset", -(start + gap / 2));
}

/** Draw the small sign that stands before a line of text: a fresh SVG of 16 by 16 pixels. */
function smallSign(side, attribution) {
  return incidentSymbol([[side, attribution, 1]], { count: 1, radius: 5.5 });
}

/** Draw the sign of a layer for the legend and the layer panel. */
function layerSign(name) {
  const root = svg("svg", { class: `sign layer-sign ${name}`, width: 18, height: 16, viewBox: "-9 -8 18 16", "aria-hidden": "true" });
  const draw = {
    incidents: () => svg("circle", { r: 5, class: "ink" }, root),
    areas: () => {
      svg("rect", { x: -8, y: -6, width: 16, height: 12, rx: 2, class: "edge" }, root);
      svg("path", { d: "M-8 2L0-6M-6 6L6-6M0 6L8-2", class: "line" }, root);
      svg("rect", { x: -3, y: -3, width: 6, height: 6, rx: 1, class: "chip" }, root);
    },
    discs: () => svg("circle", { r: 6.5, class: "disc" }, root),
    links: () => {
      svg("path", { d: "M-8 5Q-3-6 5-3", class: "line" }, root);
      svg("path", { d: "M8.6-1.9L2.8-.6 5-5.6Z", class: "ink" }, root);
    },
    perimeter: () => svg("circle", { r: 6.5, class: "perimeter" }, root),
    heat: () => [7.5, 5, 2.5].forEach((r) => svg("circle", { r, class: "heat" }, root)),
    sites: () => svg("path", { d: "M0-4.5L4.5 0 0 4.5-4.5 0Z", class: "site" }, root),
    provinces: () => [[-8, 0.18], [-3, 0.4], [2, 0.7]].forEach(([x, o]) =>
      svg("rect", { x, y: -5, width: 5, height: 10, class: "ink", "fill-opacity": o }, root)),
  };
  if (draw[name]) draw[name]();
  return root;
}
