// A prompt or an explanation: marks under the words, gone while they are edited, and how much is written.
import { word } from "./words.js";

const area = document.querySelector("[data-prompt]");
const note = document.querySelector("[data-marks-note]");
const count = document.querySelector("[data-count]");
const words = document.querySelector("[data-words]");

const marks = () => document.getElementById("prompt-marks");

// Line ends differ between what was typed and what was sent back; the words decide.
const plain = (text) => text.replaceAll("\r\n", "\n").trim();

function drawMarks() {
  const shown = marks();
  const has = Boolean(shown.dataset.of);
  const edited = has && plain(area.value) !== plain(shown.dataset.of);
  shown.hidden = !has || edited;
  note.hidden = !has;
  note.textContent = edited ? note.dataset.edited : note.dataset.marked;
}

function drawCount() {
  if (count) count.textContent = word("characters", { n: area.value.length, most: count.dataset.most });
  if (words) words.textContent = word("words", { n: area.value.split(/\s+/).filter(Boolean).length });
}

function follow() {
  marks().scrollTop = area.scrollTop;
}

function draw() {
  drawMarks();
  drawCount();
  follow();
}

if (area) {
  area.addEventListener("input", draw);
  area.addEventListener("scroll", follow);
  document.addEventListener("htmx:oobAfterSwap", draw);
  document.addEventListener("htmx:afterSettle", draw);
  draw();
}
