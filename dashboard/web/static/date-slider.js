"use strict";
/* The page's date slider, followed while a thumb moves: Streamlit tells its server of a move when the thumb is let go,
   and draws the page anew; the map can show those days long before. */

// Streamlit 1.67 puts a widget's key in the class of its block, keeps the days of a slider as microseconds, and marks a thumb that is held.
const SLIDER = ".st-key-dates";
const HELD = "data-dragging";
const MICROSECONDS = 1000;

/**
 * Tell `moved` the first and last day of the slider, as 2024-02-03, whenever a thumb of it moves, is taken hold of or let go;
 * and whether it moves by its keys, and whether it is held.
 */
function followSlider(page, moved) {
  const day = ({ value }) => isoDay(Number(value) / MICROSECONDS);
  new MutationObserver((changes) => {
    const slider = changes.map(({ target }) => target.closest(SLIDER)).find(Boolean);
    const thumbs = slider ? [...slider.querySelectorAll("input")] : [];
    if (thumbs.length !== 2) return;
    moved(thumbs.map(day), { byKeys: thumbs.some((thumb) => thumb.matches(":focus-visible")), held: Boolean(slider.querySelector(`[${HELD}]`)) });
  }).observe(page.body, { subtree: true, attributes: true, attributeFilter: ["value", HELD] });
}

/** Return a filter with other days, written as the page writes it; a blank day leaves that end open. */
function withDays(filter, start, end) {
  const others = filter.split("&").filter((part) => part && !/^(start|end)=/.test(part));
  return [start && `start=${start}`, end && `end=${end}`, ...others].filter(Boolean).join("&");
}

/** Return the first and last day of a filter, as the page writes it. */
function daysOf(filter, span) {
  const told = new URLSearchParams(filter);
  return [told.get("start") || span[0], told.get("end") || span[1]];
}

/** Return the days to which a step like the one from `before` to `after` may lead next, other than back: on, or as far with the other thumb. */
function nextDays(before, after, span) {
  const moved = after.map((day, end) => Date.parse(day) - Date.parse(before[end]));
  const stride = Math.max(...moved.map(Math.abs));
  const other = (step) => moved.map((own) => (own ? 0 : step));
  return [moved, other(stride), other(-stride)]
    .map((step) => after.map((day, end) => isoDay(Date.parse(day) + step[end])))
    .filter(([first, last]) => first >= span[0] && last <= span[1] && first <= last);
}

function isoDay(milliseconds) {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
