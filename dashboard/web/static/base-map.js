"use strict";
/* What lies under the incidents: a quiet map of our own that needs no network, or, only when picked, tiles. */

const BASE_MAPS = {
  offline: { name: "Offline map" },
  none: { name: "None" },
  osm: {
    name: "OpenStreetMap (online)",
    url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    credit: "© OpenStreetMap contributors",
    provider: "OpenStreetMap",
    maxNativeZoom: 19,
  },
  imagery: {
    name: "Esri imagery (online)",
    url: "https://server.arcgisonline.com/ArcGIS/rest/services/World_Imagery/MapServer/tile/{z}/{y}/{x}",
    credit: "Tiles © Esri, Maxar, Earthstar Geographics and the GIS User Community",
    provider: "Esri",
    maxNativeZoom: 18,
  },
};

const OFFLINE_CREDIT = "Natural Earth";

/** Draws the chosen base map and hands its names to the label layer. */
class BaseMap {
  /**
   * @param {L.Map} map
   * @param {string} folder address of the offline map's files
   * @param {LabelLayer} labels
   */
  constructor(map, folder, labels) {
    this.map = map;
    this.folder = folder;
    this.labels = labels;
    this.choice = "none";
    const pane = map.createPane("basemap");
    pane.style.zIndex = 150;
    pane.style.pointerEvents = "none";
    this.canvas = new LandCanvas({ attribution: OFFLINE_CREDIT });
    this.lines = null;
    this.names = [];
    this.tiles = null;
    map.on("zoomend", () => this.nameTowns());
  }

  /** Show one of BASE_MAPS; this is the only place from which a tile provider is ever asked. */
  async choose(choice) {
    this.choice = choice;
    this.map.getContainer().dataset.base = choice;
    if (this.tiles) {
      this.tiles.remove();
      this.tiles = null;
    }
    const { url, credit, maxNativeZoom } = BASE_MAPS[choice];
    if (url) {
      this.tiles = L.tileLayer(url, { attribution: credit, maxNativeZoom, maxZoom: 18, pane: "tilePane" }).addTo(this.map);
    }
    if (choice === "offline") await this.load();
    if (this.choice === "offline") this.canvas.addTo(this.map);
    else this.canvas.remove();
    this.nameTowns();
    this.labels.arrange();
  }

  /** Read the offline map once; a file that cannot be read leaves a plain background. */
  async load() {
    if (!this.reading) {
      this.reading = Promise.all(["countries", "lakes", "rivers", "provinces", "labels"].map((name) => this.read(`${name}.json`)));
    }
    const [countries, lakes, rivers, provinces, names] = await this.reading;
    if (this.lines) return;
    this.names = names;
    this.lines = {
      countries: mercatorLines(countries), lakes: mercatorLines(lakes), rivers: mercatorLines(rivers), provinces: mercatorLines(provinces),
    };
    this.restyle();
  }

  async read(file) {
    try {
      const answer = await fetch(`${this.folder}/${file}`);
      if (answer.ok) return await answer.json();
    } catch (error) {
      console.warn(`The base map lacks ${file}: ${error.message}`);
    }
    return file === "labels.json" ? [] : { type: "FeatureCollection", features: [] };
  }

  /** Take the colours of the theme from the style sheet: a canvas knows no CSS. */
  restyle() {
    if (!this.lines) return;
    const style = getComputedStyle(this.map.getContainer());
    const colour = (name) => style.getPropertyValue(name).trim();
    const { countries, lakes, rivers, provinces } = this.lines;
    this.canvas.paint([
      { lines: countries, fill: colour("--land") },
      { lines: provinces, stroke: colour("--province"), width: 0.9 },
      { lines: rivers, stroke: colour("--river"), width: 1.1 },
      { lines: lakes, fill: colour("--sea") },
      { lines: countries, stroke: colour("--border"), width: 1.2 },
    ]);
  }

  /** Hand over the names that belong to this zoom; imagery and street maps bring their own. */
  nameTowns() {
    const zoom = this.map.getZoom();
    const wanted = this.choice === "offline" ? this.names.filter((name) => zoom >= (name.min_zoom || 0)) : [];
    this.labels.setGroup("base", wanted.map((name) => ({
      key: `base ${name.kind} ${name.name} ${name.lon}`,
      text: name.name,
      latlng: [name.lat, name.lon],
      kind: name.kind in LABEL_STYLES ? name.kind : "town",
      spots: name.kind === "town" ? "around" : "centre",
      // countries before seas before towns, each by rank
      priority: 10000 + ({ country: 0, sea: 100 }[name.kind] ?? 200) + (name.rank || 0),
    })));
  }
}
