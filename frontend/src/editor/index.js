// <code-editor> around one or more labelled <textarea>s: the same text with colours, one tab per file. The textareas
// stay in the form and stay in step, so what is sent, saved and restored is always what they hold.
//
//   <code-editor label="Your code" data-problem-line="6" data-problem="Python expected a colon.">
//     <label for="f1">solution.py</label><textarea id="f1" name="solution.py" data-language="python">…</textarea>
//   </code-editor>
//
// editor.showProblem({ file, line, message }) marks a line and says why; without arguments it clears.
import { EditorView } from "@codemirror/view";
import { keep, recall } from "../store.js";
import { word } from "../words.js";
import { showLines, showUnproved } from "./problems.js";
import { extensions, plainSpaces } from "./setup.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };
let made = 0;

function element(tag, properties = {}, attributes = {}) {
  const node = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

class CodeEditor extends HTMLElement {
  connectedCallback() {
    if (this.files) return;
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", () => this.connectedCallback(), { once: true });
      return; // its textareas may not have been read yet
    }
    made += 1;
    this.name = `editor-${made}`;
    this.pages = element("div", { className: "pages" });
    this.under = this.makeFoot();
    this.files = [...this.querySelectorAll("textarea")].map((area) => this.makeFile(area));
    if (this.files.length > 1) this.append(this.makeTabs());
    this.append(this.pages, this.under);
    this.classList.add("ready");
    this.open(this.files[0]);
    this.setPlain(recall("editor-plain") === true);
    const { problem, problemLine, problemFile } = this.dataset;
    if (problem) this.showProblem({ file: problemFile, line: Number(problemLine), message: problem });
    this.showUnproved();
    document.addEventListener("htmx:afterSettle", () => this.showUnproved());
    this.querySelectorAll("label").forEach((label) => label.addEventListener("click", () => this.focus()));
  }

  makeFile(area) {
    const title = this.querySelector(`label[for="${area.id}"]`)?.textContent ?? area.name;
    const page = element("div", { className: "page-of-code", hidden: true, id: `${this.name}-${area.id}` });
    const file = { area, title, page };
    area.value = plainSpaces(area.value);
    file.view = new EditorView({
      doc: area.value,
      parent: page,
      extensions: extensions({
        label: [this.getAttribute("label"), title].filter(Boolean).join(", "),
        hint: `${this.name}-hint`,
        language: area.dataset.language,
        readOnly: area.readOnly,
        changed: () => this.pull(file),
      }),
    });
    area.addEventListener("input", () => this.push(file));
    area.addEventListener("change", () => this.push(file));
    this.pages.append(page);
    return file;
  }

  makeFoot() {
    const under = element("div", { className: "under" });
    const hint = element("span", { id: `${this.name}-hint`, textContent: word("editor-hint") });
    this.toggle = element("button", { type: "button", className: "btnlink push" });
    this.toggle.addEventListener("click", () => {
      this.setPlain(!this.classList.contains("plain"));
      keep("editor-plain", this.classList.contains("plain"));
      this.focus();
    });
    under.append(hint, this.toggle);
    return under;
  }

  makeTabs() {
    const list = element(
      "div",
      { className: "tabs files" },
      { role: "tablist", "aria-label": word("editor-files") },
    );
    for (const file of this.files) {
      const about = { role: "tab", "aria-controls": file.page.id };
      file.tab = element(
        "button",
        { type: "button", id: `${file.page.id}-tab`, textContent: file.title },
        about,
      );
      file.page.setAttribute("role", "tabpanel");
      file.page.setAttribute("aria-labelledby", file.tab.id);
      file.tab.addEventListener("click", () => this.open(file));
      list.append(file.tab);
    }
    list.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      const { files } = this;
      this.open(files[(files.indexOf(this.current) + step + files.length) % files.length]);
      this.current.tab.focus();
    });
    return list;
  }

  open(chosen) {
    this.current = chosen;
    for (const file of this.files) {
      const on = file === chosen;
      file.page.hidden = !on;
      file.area.classList.toggle("current", on);
      file.tab?.setAttribute("aria-selected", on);
      if (file.tab) file.tab.tabIndex = on ? 0 : -1;
    }
    chosen.view.requestMeasure();
  }

  setPlain(plain) {
    this.classList.toggle("plain", plain);
    this.toggle.textContent = word(plain ? "editor-coloured" : "editor-plain");
    this.under.firstChild.hidden = plain;
    for (const { area, title } of this.files) area.setAttribute("aria-label", title);
  }

  pull(file) {
    const text = plainSpaces(file.view.state.doc.toString());
    if (text === file.area.value) return;
    file.area.value = text;
    this.busy = true;
    file.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.busy = false;
    this.strip?.remove();
  }

  push({ area, view }) {
    if (this.busy || area.value === view.state.doc.toString()) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: area.value } });
  }

  showProblem({ file: name, line, message } = {}) {
    this.strip?.remove();
    for (const { view } of this.files) view.dispatch({ effects: showLines.of([]) });
    if (!message) return;
    const file = this.files.find(({ area }) => area.name === name) ?? this.files[0];
    this.open(file);
    if (line) file.view.dispatch({ effects: showLines.of([line]), ...this.scrollTo(file, line) });
    const words = [line ? word("editor-line", { line }) : "", message].filter(Boolean).join(" ");
    this.strip = element("p", { className: "problem", textContent: words });
    this.under.before(this.strip);
  }

  // Lines by field, as JSON in the element with the id "unproved".
  showUnproved() {
    const told = document.getElementById("unproved")?.dataset.lines ?? "";
    if (told === (this.unproved ?? "")) return;
    this.unproved = told;
    const lines = told ? JSON.parse(told) : {};
    for (const { area, view } of this.files)
      view.dispatch({ effects: showUnproved.of(lines[area.name] ?? []) });
  }

  scrollTo({ view }, line) {
    if (line > view.state.doc.lines) return {};
    return { selection: { anchor: view.state.doc.line(line).from }, scrollIntoView: true };
  }

  focus() {
    if (this.classList.contains("plain")) this.current.area.focus();
    else this.current.view.focus();
  }
}

customElements.define("code-editor", CodeEditor);
