"use strict";
/* The page around the map when it is a file: dates, the chosen incident, what is not on the map, how to read it. */

class Page {
  constructor(incidents, answers) {
    this.about = incidents.about;
    this.reading = incidents.reading;
    this.answers = answers;
    this.build();
    this.map = L.map(this.canvas, { center: [33.6, 41.6], zoom: 6, zoomControl: false, maxZoom: 18, worldCopyJump: false });
    this.incidents = incidentMap(this.map, ".");
    this.incidents.send = ({ incident }, id, place) => {
      Object.assign(this.incidents, { incident: id, place });
      this.incidents.popup.select(id);
      this.incidents.paint();
      if (incident) this.tell(answers.byId.get(incident));
    };
    this.update();
  }

  build() {
    const days = this.answers.rows.flatMap(({ first, last }) => (first ? [first, last] : [])).sort();
    const dates = element("form", "dates");
    dates.setAttribute("aria-label", "Dates");
    [this.start, this.end] = ["From", "to"].map((text, i) => {
      const label = element("label", "", `${text} `);
      const input = element("input");
      Object.assign(input, { type: "date", min: days[0] || "", max: days.at(-1) || "", value: (i ? days.at(-1) : days[0]) || "" });
      input.addEventListener("input", () => this.update());
      label.append(input);
      dates.append(label);
      return input;
    });
    const label = element("label");
    this.undated = element("input");
    Object.assign(this.undated, { type: "checkbox", checked: true });
    this.undated.addEventListener("input", () => this.update());
    label.append(this.undated, " undated");
    this.count = element("output");
    dates.append(label, this.count);
    const head = element("header");
    const [, words] = this.about.find(([subject]) => subject === "Filter");
    head.append(element("h1", "", "Incident map"), element("p", "quiet", words), dates);
    this.canvas = element("div");
    this.canvas.id = "map";
    this.detail = element("article", "detail");
    this.detail.setAttribute("aria-live", "polite");
    this.unplaced = element("details");
    const aside = element("aside");
    aside.append(this.detail, this.unplaced, this.explained("About this map", this.about), this.explained("How to read it", this.reading));
    this.detail.append(element("p", "quiet", "Choose a sign on the map, then an incident."));
    document.body.append(head, this.canvas, aside);
  }

  /** Ask the map for the period; both ends count. */
  update() {
    const [start, end] = [this.start.value, this.end.value];
    const parameters = new URLSearchParams({ ...(start && { start }), ...(end && { end }), undated: this.undated.checked ? "1" : "0" });
    const rows = this.answers.kept(parameters);
    this.count.textContent = `${countWords(rows.length)} of ${this.answers.rows.length}`;
    this.incidents.show({ filter: parameters.toString(), version: "1", theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light" });
    const lost = rows.filter((row) => !row.at);
    this.unplaced.hidden = !lost.length;
    const list = element("ul");
    for (const row of lost) {
      const button = element("button", "link-button", `${row.date}: ${row.event}, “${row.place}”`);
      button.type = "button";
      button.addEventListener("click", () => this.tell(row));
      const item = element("li");
      item.append(button, element("p", "quiet", row.reason));
      list.append(item);
    }
    this.unplaced.replaceChildren(element("summary", "", `Not on the map: ${lost.length}`), list);
  }

  /** Tell all of one incident; every text goes in as text. */
  tell(row) {
    const place = row.at ? this.answers.places[row.at].name : row.place;
    const known = `${place}, ${precisionWords(row.known_to, row.uncertainty_m) || "not placed"}`;
    const told = [
      ["Place", known], ["As written", row.place === place ? "" : row.place], ["Not on the map", row.location === "unplaced" ? row.reason : ""],
      ["Actor", `${row.actor} · ${ATTRIBUTIONS[knownAttribution(row.attribution)]}`], ["Said by", row.attributed_by],
      ["Denied by", row.denied_by], ["Presumed", row.presumed_actor_name], ["Target", row.target],
      ["Killed", row.killed || "not told"], ["Injured", row.injured || "not told"], ["Read with care", row.flag && `${row.flag}: ${row.flag_reason}`],
      ["In answer to", row.answers.join(", ")], ["Sources", row.sources.join("; ")],
    ];
    const list = element("dl");
    for (const [name, text] of told) if (text) list.append(element("dt", "", name), element("dd", "", text));
    this.detail.replaceChildren(element("h2", "", `${row.event}, ${row.date}`), element("p", "quiet", row.id), element("p", "", row.summary), list);
    for (const node of this.detail.querySelectorAll("p, dd")) node.dir = "auto";
  }

  explained(title, pairs) {
    const box = element("details");
    const list = element("dl");
    for (const [subject, meaning] of pairs) list.append(element("dt", "", subject), element("dd", "", meaning));
    box.append(element("summary", "", title), list);
    return box;
  }
}

(async () => {
  delete BASE_MAPS.osm; // a file asks nobody
  delete BASE_MAPS.imagery;
  const [incidents, context] = await Promise.all([readPacked("incidents"), readPacked("context")]);
  const answers = new Answers(incidents, context);
  window.fetch = (address) => answers.fetch(String(address));
  window.page = new Page(incidents, answers);
})();
