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
    this.renderer = L.canvas({ pane: "basemap", padding: 0.4 });
    this.names = [];
    this.lands = null;
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
    if (this.lands) {
      const shown = this.map.hasLayer(this.lands);
      if (this.choice === "offline" && !shown) this.lands.addTo(this.map);
      if (this.choice !== "offline" && shown) this.lands.remove();
    }
    this.nameTowns();
    this.labels.arrange();
  }

  /** Read the offline map once; a file that cannot be read leaves a plain background. */
  async load() {
    if (!this.reading) {
      this.reading = Promise.all(["countries.json", "provinces.json", "labels.json"].map((file) => this.read(file)));
    }
    const [countries, provinces, names] = await this.reading;
    if (this.lands) return;
    const options = { pane: "basemap", renderer: this.renderer, interactive: false, smoothFactor: 1.2 };
    this.countries = L.geoJSON(countries, options);
    this.provinces = L.geoJSON(provinces, options);
    this.borders = L.geoJSON(countries, options);
    this.lands = L.layerGroup([this.countries, this.provinces, this.borders], { attribution: OFFLINE_CREDIT });
    this.names = names;
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
    if (!this.lands) return;
    const style = getComputedStyle(this.map.getContainer());
    const colour = (name) => style.getPropertyValue(name).trim();
    this.countries.setStyle({ stroke: false, fill: true, fillColor: colour("--land"), fillOpacity: 1 });
    this.provinces.setStyle({ stroke: true, color: colour("--province"), weight: 0.8, opacity: 1, fill: false });
    this.borders.setStyle({ stroke: true, color: colour("--border"), weight: 1.2, opacity: 1, fill: false });
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
