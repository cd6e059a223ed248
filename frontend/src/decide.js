// A case: cells and passages are picked for the field that was last gone to, and sums are written for it.
// Without this the names of cells are typed; nothing here is needed to hand in.
const CELL = /(?:([a-z][a-z0-9-]*)!)?([A-Z])(\d{1,3})(?::([A-Z])(\d{1,3}))?|\b([a-z][a-z0-9-]*)[:\s](\d{1,3})\b/g;

const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const cellsOnPage = new Map(); // a name, and the button that stands for it

let active = null;
let last = null;

function namesIn(text) {
  const names = [];
  for (const [, table, column, row, toColumn, toRow, passage, number] of text.matchAll(CELL)) {
    if (passage) names.push(`${passage}:${number}`);
    else names.push(...between(table ? `${table}!` : "", column, row, toColumn ?? column, toRow ?? row));
  }
  return names.filter((name) => cellsOnPage.has(name));
}

function between(prefix, column, row, toColumn, toRow) {
  const codes = [column, toColumn].map((each) => each.charCodeAt(0)).sort((a, b) => a - b);
  const rows = [Number(row), Number(toRow)].sort((a, b) => a - b);
  const names = [];
  for (let at = rows[0]; at <= rows[1]; at += 1)
    for (let code = codes[0]; code <= codes[1]; code += 1) names.push(`${prefix}${String.fromCharCode(code)}${at}`);
  return names;
}

function say(text) {
  document.querySelector("[data-say-pick]").textContent = text;
}

function told() {
  return document.querySelector("[data-say-pick]").dataset;
}

function draw() {
  const picked = new Set(active ? namesIn(active.value) : []);
  for (const [name, cell] of cellsOnPage) {
    cell.setAttribute("aria-pressed", picked.has(name));
  }
}

function write(input, value) {
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function pick(cell, extend) {
  if (!active) return say(told().none);
  const name = cell.dataset.pick;
  const names = namesIn(active.value);
  const range = extend && last && !name.includes(":") && !last.includes(":") ? `${last}:${name.split("!").pop()}` : "";
  if (range) write(active, [...names.filter((each) => !namesIn(range).includes(each)), range].join(", "));
  else if (names.includes(name)) write(active, names.filter((each) => each !== name).join(", "));
  else write(active, [active.value.trim().replace(/,$/, ""), name].filter(Boolean).join(", "));
  last = name;
  draw();
}

function goTo(input) {
  active = input;
  last = null;
  all("[data-evidence]").forEach((each) => each.classList.toggle("picking", each === input));
  say(told().for.replace("{what}", input.dataset.evidence));
  draw();
}

function move(cell, key) {
  const list = [...cellsOnPage.values()];
  const wide = all("[data-pick]", cell.closest("tr, li")).length;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -wide, ArrowDown: wide }[key];
  const next = list[list.indexOf(cell) + step];
  if (!next) return;
  cell.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

const numbers = (names) => names.map((name) => Number(cellsOnPage.get(name).textContent.replace(/[,£$€%\s]/g, "")));

function workOut(kind, names) {
  const values = numbers(names);
  if (!names.length || values.some(Number.isNaN)) return [null, told().numbers];
  if (kind === "share" && names.length !== 2) return [null, told().two];
  const sum = values.reduce((a, b) => a + b, 0);
  if (kind === "share") return [(100 * values[0]) / values[1], `=100 * ${names[0]} / ${names[1]}`];
  return [kind === "sum" ? sum : sum / values.length, `=${kind}(${names.join(", ")})`];
}

function sum(kind) {
  if (!active) return say(told().none);
  const check = active.dataset.check ? document.getElementsByName(active.dataset.check)[0] : null;
  const [value, text] = workOut(kind, namesIn(active.value));
  if (value === null) return say(text);
  if (check) write(check, text);
  const shown = Number.isFinite(value) ? value.toLocaleString("en-GB", { maximumFractionDigits: 2 }) : "–";
  say(told().gives.replace("{sum}", text.slice(1)).replace("{number}", shown));
}

function button(place) {
  const made = document.createElement("button");
  const words = place.querySelector("[data-name]") ?? place;
  made.type = "button";
  made.className = "pick";
  made.dataset.pick = place.dataset.cell;
  made.tabIndex = cellsOnPage.size ? -1 : 0; // one stop for the Tab key; arrows go on
  made.setAttribute("aria-label", `${place.dataset.cell}: ${place.textContent.trim()}`);
  made.textContent = words.textContent.trim();
  words.replaceChildren(made);
  return made;
}

function start() {
  for (const place of all("[data-cell]")) cellsOnPage.set(place.dataset.cell, button(place));
  document.querySelector("[data-tools]").hidden = false;
  document.querySelector("#answer").addEventListener("submit", () => {
    document.querySelector("#result").scrollTo({ top: 0 }); // what comes of it stands above the memo
  });
  document.addEventListener("focusin", ({ target }) => target.matches("[data-evidence]") && goTo(target));
  document.addEventListener("input", ({ target }) => target === active && draw());
  document.addEventListener("click", ({ target, shiftKey }) => {
    const cell = target.closest("[data-pick]");
    const tool = target.closest("[data-sum]");
    if (cell) pick(cell, shiftKey);
    if (tool) sum(tool.dataset.sum);
  });
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-pick]");
    if (!cell || event.ctrlKey || event.metaKey) return;
    if (event.key.startsWith("Arrow")) move(cell, event.key);
    else if (event.shiftKey && event.key === "Enter") pick(cell, true);
    else return;
    event.preventDefault();
  });
}

if (document.querySelector("[data-say-pick]")) start();
