"use strict";
/* What the map says in words: a quiet banner for the eye, a line for those who hear the page. */

class MapMessage {
  constructor(container) {
    this.banner = element("div", "map-banner");
    this.banner.setAttribute("role", "status");
    this.spoken = element("div", "visually-hidden");
    this.spoken.setAttribute("aria-live", "polite");
    this.shown = "";
    L.DomEvent.disableClickPropagation(this.banner);
    container.append(this.banner, this.spoken);
  }

  /** Show a sentence with one thing to do about it, if there is one; an empty text takes it away. */
  show(text, action, deed) {
    if (text === this.shown) return;
    this.shown = text;
    this.banner.replaceChildren();
    if (!text) return;
    this.banner.append(`${text} `);
    if (!action) return;
    const button = element("button", "link-button", action);
    button.type = "button";
    button.addEventListener("click", deed);
    this.banner.append(button);
  }

  /** Say what is in view, when that has changed. */
  speak(marks) {
    const places = marks.filter((mark) => mark.kind === "place").length;
    const total = marks.reduce((sum, mark) => sum + mark.count, 0);
    const words = marks.length ? `${countWords(total)} in view${places ? `, ${countWords(places, "place")}` : ""}` : "No incident in view";
    if (this.spoken.textContent !== words) this.spoken.textContent = words;
  }
}
