// Keys of the page: Ctrl + Enter, Ctrl + S, ? and G then B, W or R.
import { keep, recall } from "./store.js";

const PLACES = { b: "brief", w: "work", r: "result" };
const PAUSE = 1500; // ms between G and the letter after it
const FIELDS = ".cm-content, textarea, select, input:not([type=hidden])";
const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable=true]";

let waitingSince = -Infinity;

function pressMain() {
  const scope = document.querySelector("dialog[open]") ?? document;
  const shown = [...scope.querySelectorAll(".btn.go")].filter((button) => button.checkVisibility());
  shown.at(-1)?.click();
  return shown.length > 0;
}

export function showPane(name) {
  const tab = document.querySelector(`.ws-tabs .to-${name}`);
  if (tab) tab.checked = true;
  const pane = document.getElementById(name);
  const fields = name === "work" ? [...pane.querySelectorAll(FIELDS)] : [];
  const field = fields.find((candidate) => candidate.checkVisibility());
  (field || pane)?.focus();
}

function chord(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return false;
  if (event.key === "Enter") return pressMain();
  if (event.key.toLowerCase() !== "s" || !document.querySelector("form[data-draft-key]")) return false;
  document.dispatchEvent(new CustomEvent("draft:save"));
  return true;
}

function single(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return false;
  if (recall("single-keys") === "off" || document.querySelector("dialog[open]")) return false;
  const key = event.key.toLowerCase();
  if (key === "?") {
    document.getElementById("keys")?.showModal();
    return true;
  }
  const follows = event.timeStamp - waitingSince < PAUSE;
  waitingSince = key === "g" ? event.timeStamp : -Infinity;
  if (!follows || !(key in PLACES) || !document.getElementById(PLACES[key])) return false;
  showPane(PLACES[key]);
  return true;
}

export function watchKeys() {
  document.addEventListener(
    "keydown",
    (event) => {
      if (!chord(event) && !single(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true, // before an editor takes Ctrl + Enter for itself
  );
  document.addEventListener("click", (event) => {
    const place = event.target.closest("a.skip")?.hash.slice(1);
    if (Object.values(PLACES).includes(place)) showPane(place);
  });
  const choice = document.querySelector("[data-single-keys]");
  if (!choice) return;
  choice.checked = recall("single-keys") !== "off";
  choice.addEventListener("change", () => keep("single-keys", choice.checked ? "on" : "off"));
}
