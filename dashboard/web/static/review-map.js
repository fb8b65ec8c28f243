"use strict";
/* The small map of a review: the places that a name may mean, numbered, and the point that the reader has clicked. */

const CANDIDATES_ZOOM = 9;
const FARTHEST_ZOOM = 4;

class ReviewMap {
  /** @param {L.Map} map @param {string} root address of the server, without a slash at the end */
  constructor(map, root) {
    this.map = map;
    const container = map.getContainer();
    container.classList.add("incident-map");
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", "Map of the places that the name may mean");
    window.frameElement?.setAttribute("aria-label", "Map of the places that the name may mean");
    map.setMinZoom(FARTHEST_ZOOM);
    map.scrollWheelZoom.disable(); // whoever scrolls past it means the page
    map.attributionControl.setPrefix("Leaflet");
    map.createPane("labels").style.pointerEvents = "none";
    this.base = new BaseMap(map, `${root}/map/basemap`, new LabelLayer().addTo(map));
    this.base.choose("offline");
    this.marks = L.layerGroup().addTo(map);
  }

  /**
   * Show candidates as numbers, and a clicked point; the view moves only when there are other candidates.
   * @param {{places: [number, number][], point: [number, number]|null, theme: string}} shown latitudes and longitudes
   */
  show({ places, point, theme }) {
    this.map.getContainer().dataset.theme = theme;
    this.base.restyle();
    this.marks.clearLayers();
    places.forEach((at, i) => this.add(at, "review-number", String(i + 1)));
    if (point) this.add(point, "review-point", "");
    this.shown = places.length;
    const told = JSON.stringify(places);
    if (told === this.told) return;
    this.told = told;
    if (places.length) this.map.fitBounds(L.latLngBounds(places), { padding: [40, 40], maxZoom: CANDIDATES_ZOOM, animate: false });
  }

  add(at, className, text) {
    const icon = L.divIcon({ html: element("span", className, text), className: "mark", iconSize: null });
    this.marks.addLayer(L.marker(at, { icon, interactive: false, keyboard: false }));
  }
}

function reviewMap(map, root) {
  return new ReviewMap(map, root);
}
