"use strict";
/* The page's date slider, followed while a thumb moves: Streamlit tells its server of a move when the thumb is let go,
   and draws the page anew; the map can show those days long before. */

// Streamlit 1.67 puts a widget's key in the class of its block, and keeps the days of a slider as microseconds.
const SLIDER = '.st-key-dates input[type="range"]';
const MICROSECONDS = 1000;

/** Tell `moved` the first and last day of the slider whenever a thumb of it moves, as 2024-02-03. */
function followSlider(page, moved) {
  const day = ({ value }) => new Date(Number(value) / MICROSECONDS).toISOString().slice(0, 10);
  new MutationObserver((changes) => {
    const [slider] = changes.map(({ target }) => target).filter((target) => target.matches(SLIDER));
    const thumbs = slider ? [...slider.closest(".st-key-dates").querySelectorAll("input")] : [];
    if (thumbs.length === 2) moved(...thumbs.map(day));
  }).observe(page.body, { subtree: true, attributes: true, attributeFilter: ["value"] });
}

/** Return a filter with other days, written as the page writes it; a blank day leaves that end open. */
function withDays(filter, start, end) {
  const others = filter.split("&").filter((part) => part && !/^(start|end)=/.test(part));
  return [start && `start=${start}`, end && `end=${end}`, ...others].filter(Boolean).join("&");
}
