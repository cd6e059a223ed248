// <live-run> stands around a region that htmx polls. It says each change of state once, lets polling rest while the
// page is hidden, and says so when the server can't be reached three times in a row.
const MISSES = 3;

function texts(editor) {
  return [...(editor?.querySelectorAll("textarea") ?? [])].map((area) => area.value).join("\0");
}

class LiveRun extends HTMLElement {
  connectedCallback() {
    this.misses = 0;
    this.stage = this.stageNow;
    this.addEventListener("htmx:beforeRequest", (event) => this.beforeAsking(event));
    this.addEventListener("htmx:beforeSwap", (event) => this.beforeSwap(event));
    for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
      this.addEventListener(name, () => this.missed());
    }
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-look-again]")) this.lookAgain();
    });
    this.remember = () => (this.sent = texts(document.querySelector("code-editor")));
    document.addEventListener("submit", this.remember);
    this.online = () => this.lost && this.lookAgain();
    window.addEventListener("online", this.online);
    this.observer = new MutationObserver(() => this.changed());
    this.observer.observe(this, { childList: true });
  }

  disconnectedCallback() {
    window.removeEventListener("online", this.online);
    document.removeEventListener("submit", this.remember);
    this.observer.disconnect();
  }

  get region() {
    return this.querySelector("#run");
  }

  // A second attempt that ends like the first is news as well.
  get stageNow() {
    const { stage, attempt } = this.region?.dataset ?? {};
    return stage && `${attempt} ${stage}`;
  }

  isPoll(event) {
    return event.target === this.region && event.detail.requestConfig?.verb === "get";
  }

  beforeAsking(event) {
    if (this.isPoll(event) && (document.hidden || this.lost)) event.preventDefault();
  }

  beforeSwap(event) {
    const { xhr, target } = event.detail;
    if (xhr.status < 400 && !xhr.responseText.includes(`id="${target.id}"`)) {
      event.detail.shouldSwap = false; // a sign-in page, not our region
      this.show("signed-out");
    } else if (xhr.status < 400) {
      this.misses = 0;
    }
  }

  missed() {
    this.misses += 1;
    if (this.misses >= MISSES) this.show("lost");
  }

  show(name) {
    if (this.lost) return;
    const note = this.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);
    this.lost = note;
    this.region.before(note);
    this.say(note.querySelector("h3").textContent);
  }

  lookAgain() {
    this.lost?.remove();
    this.lost = null;
    this.misses = 0;
  }

  say(text) {
    this.querySelector("[data-say]").textContent = text;
  }

  changed() {
    const stage = this.stageNow;
    if (!stage || stage === this.stage) return;
    this.stage = stage;
    this.say(this.region.querySelector("[data-headline]")?.textContent.trim().replace(/\s+/g, " ") ?? "");
    if (!this.region.hasAttribute("hx-get")) this.arrived();
  }

  // The line that the result names is marked in the editor, while the text is what was sent.
  showProblem() {
    const { problem, problemLine, problemFile } = this.region.dataset;
    const editor = document.querySelector("code-editor");
    if (!editor?.showProblem || texts(editor) !== this.sent) return;
    editor.showProblem(problem ? { file: problemFile, line: Number(problemLine), message: problem } : {});
  }

  arrived() {
    this.showProblem();
    const heading = document.getElementById("result-heading");
    if (heading?.checkVisibility()) heading.scrollIntoView({ block: "nearest" });
    this.dispatchEvent(new CustomEvent("run:finished", { bubbles: true, detail: { stage: this.region.dataset.stage } }));
  }
}

customElements.define("live-run", LiveRun);
