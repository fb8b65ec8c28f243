"use strict";
/* The list of what happened at a place; every text goes in as text. */

/** Say how well a place is known: "site, ± 1 km". */
function precisionWords(precision, uncertainty) {
  if (!precision) return "";
  if (precision === "province" || precision === "region" || precision === "country") return PRECISION_WORDS[precision];
  if (!uncertainty) return precision;
  const km = uncertainty / 1000;
  return `${precision}, ± ${km < 10 ? Number(km.toFixed(1)) : Math.round(km)} km`;
}

/** Shows one popup at a time and keeps it true to the filter. */
class IncidentPopup {
  /**
   * @param {L.Map} map
   * @param {(mark: Mark) => string} addressOf where the incidents of a sign are told
   * @param {{choose: (incidentId: string, mark: Mark) => void, pick: (mark: Mark) => void, zoom: (mark: Mark) => void, closed: (markId: string) => void}} deeds
   */
  constructor(map, addressOf, deeds) {
    this.map = map;
    this.addressOf = addressOf;
    this.deeds = deeds;
    this.asker = new Asker();
    this.marks = [];
    this.selected = "";
    this.popup = L.popup({ className: "incident-popup", minWidth: 230, maxWidth: 300, autoPan: false });
    this.popup.on("remove", () => this.closed());
    // Leaflet hears Escape only while the map itself has the focus, and not a button in the popup.
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.isOpen) map.closePopup(this.popup);
    });
  }

  get isOpen() {
    return this.popup.isOpen();
  }

  /**
   * Open for one mark, or for several areas that lie over each other.
   * @param {Mark[]} marks what is told in full
   * @param {Mark[]} others what lies under the same point and can be chosen instead
   * @returns {Promise<object[]|null>} the answers, null when overtaken or failed
   */
  async open(marks, others, latlng, keyboard) {
    this.popup.options.maxWidth = Math.min(300, this.map.getSize().x - 80);
    this.popup.options.offset = [0, marks[0].kind === "area" && marks.length > 1 ? 0 : 3 - marks[0].radius];
    this.marks = marks;
    this.others = others;
    this.keyboard = keyboard;
    this.body = element("div", "popup-body");
    this.body.addEventListener("toggle", () => { // the details were opened or closed
      this.popup.update();
      this.makeRoom();
    }, { capture: true });
    for (const mark of marks) this.body.append(this.heading(mark, null), element("p", "popup-wait", "Loading…"));
    this.popup.setLatLng(latlng).setContent(this.body);
    if (this.isOpen) this.popup.update();
    else this.popup.openOn(this.map);
    this.frame();
    const answers = await this.fill();
    if (answers) this.makeRoom();
    return answers;
  }

  /** Ask again after the filter changed; close when nothing is left to tell. */
  async refresh(marks) {
    if (!this.isOpen) return;
    const byId = new Map(marks.map((mark) => [mark.id, mark]));
    this.marks = this.marks.map((mark) => mark.table === undefined && byId.get(mark.id)).filter(Boolean);
    this.others = this.others.map((mark) => byId.get(mark.id)).filter(Boolean);
    if (!this.marks.length) {
      this.map.closePopup(this.popup);
      return;
    }
    await this.fill(); // without making room: the reader did not ask for the map to move
  }

  /** Mark the incident that is selected on the page. */
  select(incidentId) {
    this.selected = incidentId;
    if (!this.body) return;
    for (const entry of this.body.querySelectorAll(".entry")) {
      if (entry.dataset.incident === incidentId) entry.setAttribute("aria-current", "true");
      else entry.removeAttribute("aria-current");
    }
  }

  async fill() {
    const { marks } = this;
    let answers;
    try {
      answers = await this.asker.ask(...marks.map((mark) => this.addressOf(mark)));
    } catch (error) {
      this.fail(error);
      return null;
    }
    if (!answers || !this.isOpen) return null;
    const within = this.body.contains(document.activeElement) ? document.activeElement.dataset.incident : null;
    this.body.replaceChildren(...marks.flatMap((mark, i) => this.section(mark, answers[i])), ...this.neighbours());
    this.select(this.selected);
    this.popup.update();
    this.frame();
    const entries = [...this.body.querySelectorAll("button")];
    if (this.keyboard && entries.length) entries[0].focus({ preventScroll: true });
    else if (within) entries.find((entry) => entry.dataset.incident === within)?.focus({ preventScroll: true });
    this.keyboard = false;
    return answers;
  }

  fail(error) {
    if (!this.isOpen) return;
    const again = element("button", "link-button", "Try again");
    again.type = "button";
    again.addEventListener("click", () => this.fill());
    const line = element("p", "popup-wait", `These incidents could not be read: ${error.message}. `);
    line.append(again);
    this.body.replaceChildren(...this.marks.map((mark) => this.heading(mark, null)), line);
    this.popup.update();
    this.frame();
  }

  /** Move the map by as little as brings the popup into sight, clear of panels and buttons. */
  makeRoom() {
    const home = this.map.getContainer().getBoundingClientRect();
    const { left, top, right, bottom } = this.popup.getElement().getBoundingClientRect(); // with its tip
    const shift = roomFor(
      { left: left - home.left, top: top - home.top, right: right - home.left, bottom: bottom - home.top },
      this.map.getSize(), controlBoxes(this.map.getContainer()));
    if (shift.x || shift.y) this.map.panBy([-shift.x, -shift.y], { animate: !this.keyboard });
  }

  /** Give the popup its role and its limits; Leaflet makes the node. */
  frame() {
    const node = this.popup.getElement();
    if (!node) return;
    node.setAttribute("role", "dialog");
    node.setAttribute("aria-label", this.marks.map((mark) => mark.name || "Incidents of this part of the map").join(", "));
    node.style.setProperty("--popup-room", `${Math.max(150, Math.min(360, this.map.getSize().y - 120))}px`);
  }

  heading(mark, place) {
    const head = element("header", "popup-head");
    const name = element("h3", "", mark.kind === "cell" ? "This part of the map" : (place && place.name) || mark.name);
    name.dir = "auto";
    head.append(name);
    const known = place ? precisionWords(place.precision, place.uncertainty_m) : precisionWords(mark.precision, mark.uncertainty);
    const where = place ? [...new Set([place.admin1, place.country].filter((word) => word && word !== place.name))].join(", ") : "";
    const line = [known, where].filter(Boolean).join(" · ");
    if (line) head.append(element("p", "popup-where", line));
    if (mark.table !== undefined) head.append(element("p", "popup-where", `in ${mark.tableName}`));
    return head;
  }

  section(mark, answer) {
    const parts = [this.heading(mark, answer.place)];
    if (answer.place && (answer.place.source || answer.place.note)) parts[0].append(howPlaced(answer.place));
    const list = element("ul", "popup-list");
    for (const incident of answer.incidents) list.append(this.entry(incident, mark));
    parts.push(list);
    const hidden = answer.total - answer.incidents.length;
    if (hidden > 0) parts.push(element("p", "popup-more", `and ${countWords(hidden, "more incident")}: narrow the filters to see them`));
    if (mark.kind === "cell") parts.push(this.button("Zoom in here", "link-button", () => this.deeds.zoom(mark)));
    return parts;
  }

  entry(incident, mark) {
    const item = element("li");
    const button = this.button("", "entry", () => this.deeds.choose(incident.id, mark));
    button.dataset.incident = incident.id;
    const sign = element("span", "entry-sign");
    sign.append(smallSign(incident.side, incident.attribution));
    const words = element("span", "entry-words");
    const first = element("span", "entry-first");
    first.append(element("span", "entry-event", incident.event), element("span", "entry-date", incident.date));
    const actor = element("span", "", incident.actor || "actor unknown");
    actor.dir = "auto";
    const second = element("span", "entry-second");
    second.append(actor);
    const attribution = knownAttribution(incident.attribution);
    if (attribution !== "unknown") second.append(" ", element("span", "entry-part", `· ${ATTRIBUTIONS[attribution]}`));
    const killed = String(incident.killed ?? ""); // a number or a range; without one the sources are silent
    if (/\d/.test(killed)) second.append(" ", element("span", "entry-part", `· ${killed} killed`));
    words.append(first, second);
    button.append(sign, words);
    item.append(button);
    return item;
  }

  neighbours() {
    if (!this.others.length) return [];
    const row = element("div", "popup-others");
    row.append(element("span", "", "Also here:"));
    for (const mark of this.others.slice(0, 6)) {
      const label = mark.kind === "cell" ? countWords(mark.count) : mark.name;
      const button = this.button("", "other", () => this.deeds.pick(mark));
      const name = element("span", "other-name", label);
      name.dir = "auto";
      button.append(name);
      if (mark.kind !== "cell") button.append(element("span", "other-count", String(mark.count)));
      row.append(button);
    }
    return [row];
  }

  button(text, className, deed) {
    const button = element("button", className, text);
    button.type = "button";
    button.addEventListener("click", deed);
    return button;
  }

  closed() {
    this.asker.cancel();
    const focused = this.body && this.body.contains(document.activeElement);
    const [mark] = this.marks;
    this.marks = [];
    this.body = null;
    if (focused && mark) this.deeds.closed(mark.id);
  }
}

function howPlaced(place) {
  const details = element("details", "popup-how");
  details.append(element("summary", "", "how it was placed"));
  for (const [title, text] of [["Coordinates", place.source], ["Checked", place.check], ["Note", place.note]]) {
    if (!text) continue;
    const line = element("p");
    line.append(element("b", "", `${title}: `), String(text));
    details.append(line);
  }
  return details;
}

/** Return the smallest shift {x, y} found that brings a box inside a size and off the obstacles. */
function roomFor(box, size, obstacles) {
  const margin = 10;
  const inside = (low, high, limit) => (high - low > limit - 2 * margin || low < margin ? margin - low : Math.min(0, limit - margin - high));
  const start = { x: inside(box.left, box.right, size.x), y: inside(box.top, box.bottom, size.y) };
  const at = ({ x, y }) => [box.left + x, box.top + y, box.right + x, box.bottom + y];
  const hits = (shift) => {
    const [left, top, right, bottom] = at(shift);
    return obstacles.filter(([l, t, r, b]) => left < r && l < right && top < b && t < bottom);
  };
  const fits = ([left, top, right, bottom]) => left >= 4 && top >= 4 && right <= size.x - 4 && bottom <= size.y - 4;
  let options = [start];
  for (let round = 0; round < 3; round += 1) {
    const free = options.filter((shift) => !hits(shift).length);
    if (free.length) return free.sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y))[0];
    options = options.flatMap((shift) => {
      const [left, top, right, bottom] = at(shift);
      const [[l, t, r, b]] = hits(shift);
      return [
        { x: shift.x + r - left, y: shift.y }, { x: shift.x + l - right, y: shift.y },
        { x: shift.x, y: shift.y + b - top }, { x: shift.x, y: shift.y + t - bottom },
      ].filter((moved) => fits(at(moved)));
    });
  }
  return start;
}
