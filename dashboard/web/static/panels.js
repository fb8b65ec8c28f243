"use strict";
/* Panels and buttons on the map: layers, full screen, fit. */

/** A panel that is closed until `open(true)` or a click on its head, which has the last word; returns its parts. */
function panel(title, className) {
  const box = element("section", `map-panel ${className}`);
  const head = element("button", "panel-head");
  head.type = "button";
  const arrow = svg("svg", { class: "panel-arrow", width: 10, height: 10, viewBox: "0 0 10 10", "aria-hidden": "true" });
  svg("path", { d: "M2 3.5L5 6.5 8 3.5" }, arrow);
  head.append(element("span", "", title), arrow);
  const body = element("div", "panel-body");
  body.id = `panel-${className}`;
  head.setAttribute("aria-controls", body.id);
  const set = (shown) => {
    head.setAttribute("aria-expanded", String(shown));
    box.classList.toggle("open", shown);
  };
  let chosen = false;
  const open = (shown) => chosen || set(shown);
  head.addEventListener("click", () => {
    chosen = true;
    set(head.getAttribute("aria-expanded") !== "true");
    box.dispatchEvent(new CustomEvent("resize-panel", { bubbles: true }));
  });
  set(false);
  box.append(head, body);
  L.DomEvent.disableClickPropagation(box);
  L.DomEvent.disableScrollPropagation(box);
  return { box, head, body, open };
}

function asControl(node, position) {
  const Control = L.Control.extend({ options: { position }, onAdd: () => node });
  return new Control();
}

/** The choice of base map and layers; it lives in the map's own frame, so it outlasts every rerun of the page. */
class LayerPanel {
  /**
   * @param {Record<string, {title: string, on: boolean, set: (on: boolean) => void}>} layers
   * @param {(choice: string) => void} onBase
   */
  constructor(layers, onBase) {
    this.layers = layers;
    const { box, body, open } = panel("Layers", "layers");
    this.box = box;
    this.open = open;
    this.hint = element("p", "panel-hint");
    this.hint.setAttribute("role", "status");
    this.tables = element("div");
    body.append(this.bases(onBase), this.hint, this.overlays("Layers", this.layers), this.tables);
  }

  /** Offer the tables that lie beside the one that the page is about. */
  show(tables) {
    const parts = Object.keys(tables).length ? [element("p", "panel-small", "Other tables"), this.overlays("Other tables", tables)] : [];
    this.tables.replaceChildren(...parts);
  }

  bases(onBase) {
    const label = element("label", "base-choice");
    label.append(element("span", "panel-small", "Base map"));
    const select = element("select");
    for (const [value, { name }] of Object.entries(BASE_MAPS)) select.append(new Option(name, value));
    select.addEventListener("change", () => {
      const { provider } = BASE_MAPS[select.value];
      this.hint.textContent = provider ? `${provider} sees which part of the map you look at.` : "";
      onBase(select.value);
    });
    label.append(select);
    return label;
  }

  overlays(title, layers) {
    const set = element("fieldset", "overlays");
    set.append(element("legend", "visually-hidden", title));
    for (const [name, layer] of Object.entries(layers)) {
      const label = element("label", "overlay");
      const box = element("input");
      box.type = "checkbox";
      box.checked = layer.on;
      box.name = name;
      box.addEventListener("change", () => {
        layer.on = box.checked;
        layer.set(box.checked);
      });
      label.append(box, layer.letter ? element("span", "table-letter", layer.letter) : layerSign(name), element("span", "", layer.title));
      set.append(label);
    }
    return set;
  }
}

/** Buttons under the zoom buttons: fit to the incidents, full screen. */
function mapButtons(map, onFit) {
  const bar = element("div", "leaflet-bar map-buttons");
  bar.append(iconButton("Fit to the incidents", "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3M8 6.2v3.6M6.2 8h3.6", onFit));
  if (document.fullscreenEnabled) {
    const container = map.getContainer();
    const full = iconButton("Full screen", "M6.5 9.5L3 13M3 9.6V13h3.4M9.5 6.5L13 3M13 6.4V3H9.6", () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else container.requestFullscreen().catch((error) => console.warn(`No full screen: ${error.message}`));
    });
    document.addEventListener("fullscreenchange", () => {
      const on = document.fullscreenElement === container;
      full.setAttribute("aria-pressed", String(on));
      full.title = on ? "Leave full screen" : "Full screen";
    });
    bar.append(full);
  }
  L.DomEvent.disableClickPropagation(bar);
  return bar;
}

function iconButton(title, path, deed) {
  const button = element("button", "map-button");
  button.type = "button";
  button.title = title;
  button.setAttribute("aria-label", title);
  const icon = svg("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" }, button);
  svg("path", { d: path }, icon);
  button.addEventListener("click", deed);
  return button;
}
