"use strict";
/* The map of incidents in the frame of streamlit-folium. Leaflet has made the map; this fills it.
   Load order: leaflet, leaflet-heat, symbols, labels, answer, date-slider, land-canvas, base-map, incident-layer, beside-layers, extent-layer,
   link-layer, context-layers, map-layers, incident-popup, panels, legend, map-message, incident-map. */

// Leaflet would give each marker a layer of its own on the graphics card, and sorting sixty of them costs a slider move 10 ms.
L.Browser.ie3d = true;

const SNAP = 128; // pixels: small pans ask for the same box, which is then not asked again
const CONFIRMED_WITHIN = 3000; // milliseconds that the map may be ahead of the page once the slider's thumb is let go
const REST = 100; // milliseconds without a move after which the next step is foreseen

class IncidentMap {
  /**
   * @param {L.Map} map
   * @param {string} root address of the server, without a slash at the end
   */
  constructor(map, root) {
    this.map = map;
    this.root = root;
    this.filter = "";
    this.told = ""; // the filter that the page asked for last
    this.ahead = null; // the days of the slider, while its thumb is ahead of the page
    this.next = []; // the days to which one more step by the slider's keys may lead
    this.span = ["", ""];
    this.version = "";
    this.theme = "";
    this.incident = "";
    this.place = "";
    this.answer = null;
    this.painted = null;
    this.sequence = 0;
    this.error = "";
    this.sent = 0;
    this.asker = new Asker();
    this.counter = new Asker();
    this.prepare();
    this.labels = new LabelLayer().addTo(map);
    this.base = new BaseMap(map, `${root}/map/basemap`, this.labels);
    this.layers = new MapLayers(map, root, this.labels, { pick: (mark, how) => this.pick(mark, how), changed: () => this.paint() });
    this.beside = new BesideLayers(map, `${root}/api/incidents/cells`, (mark, how) => this.pick(mark, how), () => this.paint());
    this.popup = new IncidentPopup(map, (mark) => this.addressAt(mark), {
      choose: (incident, { table }) => this.send(table === undefined ? { incident } : { incident, table }, incident, this.place),
      pick: (mark) => this.pick(mark, { keyboard: true }),
      zoom: (mark) => this.fit(cellCorners(mark.cell)),
      closed: (id) => this.layers.signs.focus(id),
    });
    this.addControls();
    this.listen();
    this.setTheme(window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"); // until the page says
    this.base.choose("offline");
  }

  /**
   * Show the answer to a filter. Called at each rerun of the page; never moves the view, except that it
   * brings a newly selected place into sight.
   */
  show({ filter, version, theme, incident = "", place = "", reader = "", span = ["", ""], beside = [] }) {
    this.setTheme(theme);
    const chosen = incident !== this.incident || place !== this.place;
    Object.assign(this, { told: filter, span, incident, place, reader });
    if (this.beside.set(beside)) this.panel.show(this.beside.list);
    this.popup.select(incident);
    if (this.ahead && this.wanted === filter) this.ahead = null;
    const asked = this.wanted !== this.filter || version !== this.version || !this.answer;
    if (version !== this.version) this.asker.forget();
    Object.assign(this, { filter: this.wanted, version });
    if (asked) this.refresh();
    else if (!this.asker.running) this.paint();
    if (chosen && place) this.reveal(place);
    clearTimeout(this.resting);
    if (this.next.length) this.resting = setTimeout(() => this.foresee(), REST);
  }

  /** The filter that the page told, with the days of the slider while its thumb is ahead of the page. */
  get wanted() {
    return this.ahead ? withDays(this.told, ...this.ahead) : this.told;
  }

  /** Show the days at which the slider stands now; the page's own command for them is still to come. */
  preview(days, { byKeys, held }) {
    if (!this.version) return;
    clearTimeout(this.waiting);
    clearTimeout(this.resting);
    this.next = byKeys ? nextDays(daysOf(this.wanted, this.span), days, this.span) : [];
    this.ahead = this.open(days);
    if (this.wanted === this.told) this.ahead = null;
    else if (!held) this.waiting = setTimeout(() => this.follow(), CONFIRMED_WITHIN);
    this.want();
  }

  /** Return days as a filter tells them: an end of the span is left open. */
  open([first, last]) {
    return [first === this.span[0] ? "" : first, last === this.span[1] ? "" : last];
  }

  /** Fetch what the map shows after any next step, while the reader rests. */
  foresee() {
    if (this.asker.running) this.resting = setTimeout(() => this.foresee(), REST);
    if (this.ahead || this.asker.running) return;
    const days = this.next.map((next) => this.open(next));
    const urls = days.map((next) => this.question(withDays(this.told, ...next)));
    this.next = [];
    this.asker.foresee(urls, address(`${this.root}/api/incidents/foreseen`, this.told, { ...this.box(), days: days.map((next) => next.join("/")) }));
  }

  /** Ask for the wanted filter, one question at a time: a thumb moves faster than answers come. */
  async want() {
    if (this.wanting) return;
    this.wanting = true;
    while (this.filter !== this.wanted) {
      this.filter = this.wanted;
      await this.refresh();
    }
    this.wanting = false;
  }

  /** Show what the page asks for, no longer what the slider does. */
  follow() {
    this.ahead = null;
    this.want();
  }

  /** Move the view to [[south, west], [north, east]]. */
  fit(bounds) {
    this.map.fitBounds(bounds, { padding: [36, 36], maxZoom: 11 });
  }

  /** Tell what is on the map, for tests. */
  state() {
    const { marks, list } = this.layers;
    const where = (mark) => {
      const { x, y } = this.map.latLngToContainerPoint(mark.latlng);
      return { id: mark.id, count: mark.count, x, y };
    };
    const { lat, lng } = this.map.getCenter();
    return {
      version: this.painted,
      settled: !this.ahead && this.painted === `${this.version} ${this.filter}`,
      mode: this.answer ? this.answer.mode : null,
      places: marks.filter((mark) => mark.kind !== "area").map(where),
      areas: marks.filter((mark) => mark.kind === "area").map(where),
      layers: Object.fromEntries(Object.entries(list).map(([name, layer]) => [name, layer.on])),
      beside: this.beside.state(where),
      base: this.base.choice,
      theme: this.theme,
      zoom: this.map.getZoom(),
      center: [lat, lng],
      selected: { incident: this.incident, place: this.place },
      labels: [...this.labels.shown.values()].map(({ label }) => label.text),
      error: this.error,
    };
  }

  prepare() {
    const { map } = this;
    const container = map.getContainer();
    container.classList.add("incident-map");
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", "Map of incidents");
    window.frameElement?.setAttribute("aria-label", "Map of incidents"); // its title is the name of a program
    map.attributionControl.setPrefix("Leaflet");
    if (map.getMinZoom() < 3) map.setMinZoom(3);
    if (!Number.isFinite(map.getMaxZoom())) map.setMaxZoom(18);
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
      // Leaflet reads these when the map is made, which was before us.
      Object.assign(map.options, { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false });
      map._zoomAnimated = false;
    }
    const pane = map.createPane("labels");
    pane.style.zIndex = 640;
    pane.style.pointerEvents = "none";
  }

  addControls() {
    const { map } = this;
    this.panel = new LayerPanel(this.layers.list, (choice) => this.base.choose(choice));
    this.legend = new Legend();
    if (!map.zoomControl) L.control.zoom({ position: "topleft" }).addTo(map);
    asControl(mapButtons(map, () => this.fitIncidents()), "topleft").addTo(map);
    asControl(this.panel.box, "topright").addTo(map);
    asControl(this.legend.box, "bottomleft").addTo(map);
    L.control.scale({ imperial: false, maxWidth: 110, position: "bottomright" }).addTo(map);
    this.message = new MapMessage(map.getContainer());
  }

  listen() {
    const { map } = this;
    map.on("moveend", () => {
      this.asker.forget();
      this.refresh();
    });
    map.on("click", (event) => this.click(event));
    map.getContainer().addEventListener("resize-panel", () => this.labels.arrange());
    if (window.parent !== window) followSlider(window.parent.document, (days, how) => this.preview(days, how));
    window.addEventListener("message", ({ source, data }) => {
      if (source !== window.parent || !data || data.type !== "streamlit:render" || !data.theme) return;
      this.setTheme(data.theme.base);
    });
    // Leaflet hears of a resized window only; the frame also grows when a tab or a side panel opens.
    new ResizeObserver(() => this.resize()).observe(map.getContainer());
  }

  /** Follow the frame's size, which also decides which panels stand open until the reader does; the page takes a while to find its own. */
  resize() {
    this.map.invalidateSize({ animate: false });
    const { x } = this.map.getSize();
    if (!x) return;
    this.panel.open(x >= 900);
    this.legend.open(x >= 600);
    this.labels.arrange();
  }

  setTheme(theme) {
    if (theme === this.theme || (theme !== "light" && theme !== "dark")) return;
    this.theme = theme;
    this.map.getContainer().dataset.theme = theme;
    this.base.restyle();
    this.layers.restyle(theme);
  }

  /** Ask for what the view and the filter want, and paint it; the old drawing stays until then. */
  async refresh(again = false) {
    if (!this.version || !this.map.getSize().x) return;
    const version = `${this.version} ${this.filter}`;
    const url = this.question(this.filter);
    const key = `${this.version} ${url}`;
    this.beside.refresh(this.filter, this.box());
    if (key === this.answered && !again) {
      this.asker.cancel();
      this.paint();
      return;
    }
    try {
      const answers = await this.asker.ask(url);
      if (answers) this.take(answers[0], key, version);
    } catch (error) {
      this.fail(error.message);
    }
  }

  /** Where the incidents of the view are told; the server keeps what it tells a reader. */
  question(filter) {
    return address(`${this.root}/api/incidents/cells`, filter, { ...this.box(), reader: this.reader });
  }

  /** Where the incidents of a sign are told. */
  addressAt({ kind, id, cell, table }) {
    const filter = table === undefined ? this.filter : ofTable(this.filter, table);
    return address(`${this.root}/api/incidents/at`, filter, kind === "cell" ? { cell } : { place: id });
  }

  /** Show an answer. */
  take(answer, key, version) {
    this.answer = answer;
    this.answered = key;
    this.answerVersion = version;
    this.fail("");
    this.paint();
    this.popup.refresh(this.layers.marks);
  }

  /** The box to ask for: the view, widened to whole squares of SNAP pixels. */
  box() {
    const zoom = this.map.getZoom();
    const { min, max } = this.map.getPixelBounds();
    const northWest = this.map.unproject(min.divideBy(SNAP).floor().multiplyBy(SNAP), zoom);
    const southEast = this.map.unproject(max.divideBy(SNAP).ceil().multiplyBy(SNAP), zoom);
    const degrees = (value, limit) => Math.max(-limit, Math.min(limit, value)).toFixed(5);
    return {
      west: degrees(northWest.lng, 180), south: degrees(southEast.lat, 90), east: degrees(southEast.lng, 180), north: degrees(northWest.lat, 90), zoom,
    };
  }

  /** Draw everything anew, in one task, so that no blank frame is ever seen. */
  paint() {
    if (!this.answer) return;
    const { layers } = this;
    const controls = controlBoxes(this.map.getContainer());
    layers.draw(this.answer, this.place);
    const tables = this.beside.shown;
    this.legend.draw([...layers.marks, ...tables.flatMap(({ marks = [] }) => marks)], layers.list, {
      tables: tables.map(({ letter, title }) => [letter, title]), cells: this.answer.mode === "cells", discs: layers.extents.drawnDiscs.size > 0, links: Boolean(this.answer.links?.length), cut: Boolean(this.answer.links_cut),
    });
    this.labels.obstacles.push(...this.beside.obstacles);
    this.labels.arrange(controls);
    const seen = layers.inSight();
    this.message.speak(seen);
    if (!this.error) {
      const elsewhere = this.answer.elsewhere || layers.marks.length > 0;
      const nothing = seen.length ? "" : `No incident ${elsewhere ? "here" : "on the map"} with these filters.`;
      this.message.show(nothing, elsewhere && "Fit to incidents", () => this.fitIncidents());
    }
    this.painted = this.answerVersion;
    this.sequence += 1;
    if (layers.list.provinces.on && layers.supplies.areas.ready) this.countProvinces();
  }

  async countProvinces() {
    const url = address(`${this.root}/api/incidents/provinces`, this.filter);
    const key = `${this.version} ${url}`;
    if (key === this.counted) return;
    this.counted = key;
    try {
      const answers = await this.counter.ask(url);
      if (!answers) return;
      this.layers.provinces.draw(this.layers.extents.shapes, answers[0]);
      this.paint();
    } catch (error) {
      this.counted = "";
      this.fail(error.message);
    }
  }

  fail(message) {
    this.error = message;
    if (message) this.message.show(`The map could not be updated: ${message}.`, "Try again", () => this.refresh(true));
    else this.message.show("");
  }

  /** A sign was chosen: tell its incidents; if it has but one, that is selected at once. */
  async pick(mark, { keyboard, at = mark.latlng }) {
    if (mark.table !== undefined) {
      await this.popup.open([mark], [], at, keyboard);
      return;
    }
    const others = this.layers.signs.overlapping(mark);
    if (mark.kind === "place" && mark.count > 1) this.send({ place: mark.id }, this.incident, mark.id);
    const answers = await this.popup.open([mark], others, at, keyboard);
    if (!answers || mark.kind === "cell") return;
    const [{ total, incidents }] = answers;
    if (total === 1 && incidents.length === 1) this.send({ incident: incidents[0].id }, incidents[0].id, mark.id);
    else if (mark.kind === "area" || mark.count === 1) this.send({ place: mark.id }, this.incident, mark.id);
  }

  click({ latlng, containerPoint }) {
    const named = this.labels.at(containerPoint);
    const mark = this.layers.marks.find(({ id }) => id === named);
    if (mark) {
      this.pick(mark, { keyboard: false });
      return;
    }
    const areas = this.layers.areasUnder(latlng);
    if (areas.length === 1) this.pick(areas[0], { keyboard: false, at: latlng });
    else if (areas.length) this.popup.open(areas.slice(0, 4), [], latlng, false);
  }

  /** Tell the page what was chosen; the ring is drawn at once, the page confirms it with its next `show`. */
  send(properties, incident, place) {
    Object.assign(this, { incident, place });
    this.popup.select(incident);
    this.paint();
    this.sent += 1;
    const feature = { type: "Feature", geometry: null, properties: { ...properties, n: this.sent } };
    if (window.Streamlit) window.Streamlit.setComponentValue({ last_active_drawing: feature });
  }

  /** Bring a newly selected place into sight if it is not. */
  async reveal(place) {
    const mark = this.layers.marks.find(({ id }) => id === place);
    let at = mark && mark.latlng;
    if (!at) {
      try {
        const columns = await this.layers.supplies.places.read();
        const i = columns.id.indexOf(place);
        if (i >= 0) at = [columns.lat[i], columns.lon[i]];
      } catch (error) {
        console.warn(`The place could not be found: ${error.message}`);
      }
    }
    if (at && this.place === place && !this.map.getBounds().contains(at)) this.map.panTo(at);
  }

  async fitIncidents() {
    try {
      const world = { west: -180, south: -90, east: 180, north: 90, zoom: this.map.getZoom() };
      const answer = await readJson(address(`${this.root}/api/incidents/cells`, this.filter, world));
      const bounds = L.latLngBounds([]);
      for (const mark of marksOf(answer)) bounds.extend(mark.latlng);
      if (bounds.isValid()) this.fit(bounds);
    } catch (error) {
      this.fail(error.message);
    }
  }
}

/** Fill a Leaflet map with incidents; `root` leads from the frame to the server, as in "../..". */
function incidentMap(map, root) {
  return new IncidentMap(map, root);
}
