"use strict";
/* Questions to the server: the newest one wins, an older one is called off. */

/** Return an address with parameters; `filter` is already encoded. */
function address(path, filter, parameters = {}) {
  const own = new URLSearchParams(parameters).toString();
  const query = [own, filter].filter(Boolean).join("&");
  return query ? `${path}?${query}` : path;
}

/** Read JSON or say in words why not: the page answers unknown addresses with HTML and "200". */
async function readJson(url, signal) {
  let answer;
  try {
    answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("the server did not answer");
  }
  const type = answer.headers.get("content-type") || "";
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  if (!type.includes("json")) throw new Error("the server did not answer with data");
  try {
    return await answer.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("the answer could not be read");
  }
}

/** One line of questions, of which only the latest counts. */
class Asker {
  constructor() {
    this.number = 0;
    this.running = null;
    this.foreseen = new Map();
    this.told = [["", null], ["", null]]; // the addresses asked last, the newest at the end, with their answers
  }

  /** Fetch ahead what will likely be asked next: the answers to `urls`, from one address that tells them all. What was asked before the last question is known. */
  foresee(urls, from) {
    const read = readJson(from).catch(() => []);
    this.foreseen = new Map([this.told[0], ...urls.map((url, at) => [url, read.then((answers) => answers[at])])]);
  }

  forget() {
    this.foreseen = new Map();
  }

  /** Ask one or several addresses; resolves to their answers, or to null when a later question has overtaken. */
  async ask(...urls) {
    this.cancel();
    const number = this.number;
    const running = new AbortController();
    this.running = running;
    try {
      const answers = await Promise.all(urls.map((url) => this.read(url, running.signal)));
      if (number !== this.number) return null;
      this.told = [this.told[1], [urls[0], answers[0]]];
      return answers;
    } catch (error) {
      if (error.name === "AbortError" || number !== this.number) return null;
      throw error;
    } finally {
      if (this.running === running) this.running = null;
    }
  }

  async read(url, signal) {
    return (await this.foreseen.get(url)) || readJson(url, signal);
  }

  cancel() {
    this.number += 1;
    if (this.running) this.running.abort();
    this.running = null;
  }
}

/** What a layer needs besides the incidents: read once, when it is first wanted; a failed reading is tried again next time. */
class Supply {
  /** @param {string} url @param {(read: object) => void} use called once, when the reading is there */
  constructor(url, use = () => {}) {
    this.url = url;
    this.use = use;
    this.reading = null;
    this.ready = false;
  }

  /** Read unless that is done or under way; resolves to what was read. */
  read() {
    this.reading ||= readJson(this.url).then((read) => {
      this.use(read);
      this.ready = true;
      return read;
    }).catch((error) => {
      this.reading = null;
      throw error;
    });
    return this.reading;
  }

  /** Start a reading that nobody has asked for yet, and say when it has come. */
  want(then) {
    if (this.reading) return;
    this.read().then(then).catch((error) => console.warn(`${this.url} could not be read: ${error.message}`));
  }
}
