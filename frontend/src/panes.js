// Dividers between the panes of a workspace: dragged, or moved with the arrow keys; widths are kept per kind.
import { keep, recall } from "./store.js";
import { word } from "./words.js";

const LIMITS = { brief: [240, 560], result: [300, 680] };
const STEP = 24;

class Divider {
  constructor(shell, name, key) {
    Object.assign(this, { shell, name, key, pane: document.getElementById(name) });
    this.side = name === "brief" ? 1 : -1;
    this.bar = document.createElement("div");
    this.bar.className = `split of-${name}`;
    this.bar.tabIndex = 0;
    for (const [attribute, value] of Object.entries({
      role: "separator",
      "aria-orientation": "vertical",
      "aria-controls": name,
      "aria-label": word(`width-${name}`),
      "aria-valuemin": LIMITS[name][0],
      "aria-valuemax": LIMITS[name][1],
    })) {
      this.bar.setAttribute(attribute, value);
    }
    this.bar.addEventListener("pointerdown", (event) => this.grab(event));
    this.bar.addEventListener("keydown", (event) => this.press(event));
    this.bar.addEventListener("dblclick", () => this.reset());
    this.pane.after(this.bar);
    const kept = recall(key)?.[name];
    if (kept) this.set(kept);
    else this.say();
  }

  say() {
    this.bar.setAttribute("aria-valuenow", Math.round(this.pane.offsetWidth));
  }

  set(width) {
    const [least, most] = LIMITS[this.name];
    const fits = Math.min(Math.max(width, least), most, innerWidth * 0.42);
    this.shell.style.setProperty(`--w-${this.name}`, `${Math.round(fits)}px`);
    this.say();
  }

  keep() {
    keep(this.key, { ...recall(this.key), [this.name]: this.pane.offsetWidth });
  }

  reset() {
    this.shell.style.removeProperty(`--w-${this.name}`);
    this.say();
    keep(this.key, { ...recall(this.key), [this.name]: undefined });
  }

  grab(event) {
    const from = event.clientX;
    const width = this.pane.offsetWidth;
    const rtl = getComputedStyle(this.shell).direction === "rtl" ? -1 : 1;
    const move = (now) => this.set(width + (now.clientX - from) * this.side * rtl);
    this.bar.setPointerCapture(event.pointerId);
    this.bar.addEventListener("pointermove", move);
    this.bar.addEventListener(
      "lostpointercapture",
      () => {
        this.bar.removeEventListener("pointermove", move);
        this.keep();
      },
      { once: true },
    );
  }

  press(event) {
    const [least, most] = LIMITS[this.name];
    const step = { ArrowRight: STEP * this.side, ArrowLeft: -STEP * this.side }[event.key];
    const width = { Home: least, End: most }[event.key] ?? (step && this.pane.offsetWidth + step);
    if (!width) return;
    event.preventDefault();
    this.set(width);
    this.keep();
  }
}

export function watchPanes() {
  const shell = document.querySelector(".ws");
  if (!shell) return;
  const key = `panes:${shell.dataset.kind}`;
  for (const name of Object.keys(LIMITS)) {
    if (document.getElementById(name)) new Divider(shell, name, key);
  }
}
