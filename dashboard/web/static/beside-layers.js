"use strict";
/* Other open tables beside the one that the page is about: the same signs by the same filter, each with its table's letter. */

/** Return a filter asked of another table; a blank token is the server's. */
function ofTable(filter, token) {
  const others = filter.split("&").filter((part) => part && !part.startsWith("table="));
  return [...others, token && `table=${token}`].filter(Boolean).join("&");
}

class BesideLayers {
  /**
   * @param {string} url of the cells
   * @param {(mark: Mark, how: object) => void} pick what to do when a sign is chosen
   * @param {() => void} drawn what to do when signs have come
   */
  constructor(map, url, pick, drawn) {
    this.drawn = drawn;
    this.map = map;
    this.url = url;
    this.pick = pick;
    this.list = {};
    this.told = "[]";
  }

  /** Take over which tables there are, as [token, name, letter]; return whether they are others than before. */
  set(tables) {
    const told = JSON.stringify(tables);
    if (told === this.told) return false;
    this.told = told;
    const kept = this.list;
    this.list = {};
    for (const [token, name, letter] of tables) this.list[`table ${token}`] = kept[`table ${token}`] || this.layer(token, name, letter);
    for (const [key, layer] of Object.entries(kept)) if (!this.list[key]) layer.set(false);
    return true;
  }

  layer(token, name, letter) {
    const signs = new IncidentLayer(this.map, this.pick, () => {}, letter);
    const layer = { token, title: name, letter, signs, asker: new Asker(), asked: "", on: true };
    layer.set = (shown) => {
      for (const group of [signs.points, signs.areas]) {
        if (shown) this.map.addLayer(group);
        else this.map.removeLayer(group);
      }
      if (shown && this.filter !== undefined) this.read(layer);
      this.drawn();
    };
    layer.set(true);
    return layer;
  }

  /** Ask all tables that are switched on for what the view and the filter want. */
  refresh(filter, box) {
    Object.assign(this, { filter, box });
    for (const layer of Object.values(this.list)) if (layer.on) this.read(layer);
  }

  async read(layer) {
    const url = address(this.url, ofTable(this.filter, layer.token), this.box);
    if (url === layer.asked) return;
    layer.asked = url;
    try {
      const answers = await layer.asker.ask(url);
      if (!answers) return;
      layer.marks = marksOf(answers[0]).map((mark) => ({ ...mark, table: layer.token, tableName: layer.title }));
      layer.signs.draw(layer.marks, null);
      this.drawn();
    } catch (error) {
      layer.asked = "";
      console.warn(`${layer.title} could not be read: ${error.message}`);
    }
  }

  /** The tables that are switched on. */
  get shown() {
    return Object.values(this.list).filter(({ on }) => on);
  }

  /** Where no name may stand. */
  get obstacles() {
    return this.shown.flatMap(({ marks = [], token }) => marks.map(({ id, latlng, radius }) => ({ latlng, radius, key: `mark ${token} ${id}` })));
  }

  /** Tell what is drawn of each table, for tests. */
  state(where) {
    return Object.values(this.list).map(({ title, letter, on, marks = [] }) => ({ title, letter, on, marks: marks.map(where) }));
  }
}
