// Nothing typed is lost. A form with data-draft-key keeps each change on this device at once, and with data-draft
// (an address) on the server after 800 ms of quiet.
//
//   <form data-draft="/…/draft/" data-draft-key="attempt-71" data-draft-revision="5">
//   <span data-draft-status role="status">Saved 14:06</span>
//
// The server answers a POST of the form's fields with 200 and, if it likes, {"revision": "6"}; 401 or 403 = signed
// out, 409 = something newer is stored, told as {"revision", "words"}: the reader chooses which to keep. A field
// called `revision` follows along. `data-draft-revision` names what the page was rendered from: a local copy
// made on top of the same revision is put back by itself; one made on top of another is offered. The document hears
// `draft:saved` after each save.
import { forget, keep, recall } from "./store.js";
import { clock, word } from "./words.js";

const QUIET = 800;
const SKIP = new Set(["csrfmiddlewaretoken", "key", "revision"]); // of the form, not of the words

function read(form) {
  return [...new FormData(form)].filter(([name, value]) => !SKIP.has(name) && typeof value === "string");
}

function write(form, fields) {
  for (const input of form.elements) {
    if (!input.name || SKIP.has(input.name) || input.type === "hidden") continue;
    const values = fields.filter(([name]) => name === input.name).map(([, value]) => value);
    if (input.type === "radio" || input.type === "checkbox") input.checked = values.includes(input.value);
    else if (values.length) input.value = values[0];
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

class Draft {
  constructor(form) {
    this.form = form;
    this.key = `draft:${form.dataset.draftKey}`;
    this.tab = `${Date.now()}-${Math.random()}`;
    this.revision = form.dataset.draftRevision ?? "";
    this.status = form.querySelector("[data-draft-status]") ?? document.querySelector("[data-draft-status]");
    this.seen = JSON.stringify(read(form));
    this.restore();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    for (const kind of ["input", "change"]) {
      document.addEventListener(kind, ({ target }) => {
        if (target.form === form && !form.contains(target)) this.changed(); // fields in another pane
      });
    }
    form.addEventListener("submit", () => this.store());
    document.addEventListener("draft:save", () => this.save());
    window.addEventListener("storage", (event) => event.key === this.key && this.elsewhere());
    window.addEventListener("online", () => this.unsaved && this.save());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && this.unsaved) this.save({ keepalive: true });
    });
  }

  say(text) {
    if (this.status) this.status.textContent = text;
  }

  restore() {
    const kept = recall(this.key);
    if (!kept) return;
    if (kept.saved || JSON.stringify(kept.fields) === this.seen) forget(this.key);
    else if (kept.revision === this.revision) this.use(kept);
    else this.offer(kept, word("draft-older", { time: clock(new Date(kept.at)) }));
  }

  use(kept) {
    write(this.form, kept.fields);
    this.seen = JSON.stringify(read(this.form));
    this.say(word("draft-restored"));
    this.queue();
  }

  changed() {
    const now = JSON.stringify(read(this.form));
    if (now === this.seen) return;
    this.seen = now;
    this.unsaved = true;
    this.store();
    this.queue();
  }

  store(saved = false) {
    const { tab, revision } = this;
    const kept = keep(this.key, { fields: JSON.parse(this.seen), at: Date.now(), tab, revision, saved });
    if (!kept && !this.form.dataset.draft) this.say(word("not-saved-here"));
    else if (!this.form.dataset.draft) this.say(word("saved-here", { time: clock() }));
  }

  queue() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), QUIET);
  }

  async save({ keepalive = false } = {}) {
    clearTimeout(this.timer);
    if (!this.form.dataset.draft) return;
    const sent = this.seen;
    try {
      const answer = await fetch(this.form.dataset.draft, {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json" },
        redirect: "manual",
        keepalive,
      });
      if (answer.ok) await this.settled(answer, sent);
      else await this.refused(answer);
    } catch {
      this.say(word("not-saved-offline"));
    }
  }

  async settled(answer, sent) {
    const isJson = answer.headers.get("content-type")?.includes("json");
    this.at((isJson && (await answer.json()).revision) || this.revision);
    if (sent !== this.seen) return;
    this.unsaved = false;
    this.store(true);
    this.say(word("saved", { time: clock() }));
    document.dispatchEvent(new CustomEvent("draft:saved"));
  }

  at(revision) {
    this.revision = String(revision);
    if (this.form.elements.revision) this.form.elements.revision.value = this.revision;
  }

  async refused(answer) {
    if (answer.status === 409 && answer.headers.get("content-type")?.includes("json")) {
      return this.chooseBetween(await answer.json());
    }
    const signedOut = answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
    if (signedOut) this.say(word("not-saved-signed-out"));
    else this.say(word(answer.status === 409 ? "not-saved-newer" : "not-saved-ours"));
  }

  chooseBetween({ revision, words }) {
    this.say(word("not-saved-newer"));
    this.ask(words, {
      use: () => {
        forget(this.key);
        this.unsaved = false;
        location.reload();
      },
      keep: () => {
        this.at(revision);
        this.queue();
      },
    });
  }

  elsewhere() {
    const kept = recall(this.key);
    if (!kept || kept.tab === this.tab || JSON.stringify(kept.fields) === this.seen) return;
    this.offer(kept, word("draft-elsewhere", { time: clock(new Date(kept.at)) }));
  }

  offer(kept, text) {
    this.ask(text, {
      use: () => this.use(kept),
      keep: () => {
        this.store();
        this.queue();
      },
    });
  }

  ask(text, { use, keep: keepThis }) {
    this.notice?.remove();
    const note = document.getElementById("words").content.querySelector("[data-draft-offer]").cloneNode(true);
    note.querySelector("[data-text]").textContent = text;
    note.querySelector("[data-use]").addEventListener("click", () => {
      note.remove();
      use();
    });
    note.querySelector("[data-keep]").addEventListener("click", () => {
      note.remove();
      keepThis();
    });
    this.form.prepend(note);
    this.notice = note;
  }
}

export function watchDrafts() {
  document.querySelectorAll("form[data-draft-key]").forEach((form) => new Draft(form));
}
