// Marking by keyboard: 0, 1 and 2 give the points of the criterion one is on, J and K go down and up.
// Without this the radio buttons work as radio buttons do.
import { recall } from "./store.js";

const TYPING = "textarea, input:not([type=radio])";

function criteriaOf(form) {
  return [...form.querySelectorAll("fieldset.criterion")];
}

function radios(criterion) {
  return [...criterion.querySelectorAll("input[type=radio]")];
}

// The chosen one, or the first: what Tab would go to.
function enter(criterion) {
  const all = radios(criterion);
  (all.find((radio) => radio.checked) ?? all[0]).focus();
}

function here(criteria) {
  const at = criteria.findIndex((criterion) => criterion.contains(document.activeElement));
  if (at >= 0) return at;
  const open = criteria.findIndex((criterion) => !radios(criterion).some((radio) => radio.checked));
  return Math.max(open, 0);
}

function give(criteria, points) {
  const at = here(criteria);
  const radio = radios(criteria[at]).find((each) => each.value === points);
  if (!radio) return false;
  radio.click();
  const next = criteria[at + 1];
  if (next) enter(next);
  else radio.focus();
  return true;
}

function move(criteria, by) {
  const inside = criteria.some((criterion) => criterion.contains(document.activeElement));
  const at = inside ? here(criteria) + by : here(criteria);
  enter(criteria[Math.max(0, Math.min(at, criteria.length - 1))]);
  return true;
}

function press(event, form) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return false;
  if (recall("single-keys") === "off" || document.querySelector("dialog[open]")) return false;
  const criteria = criteriaOf(form);
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") return move(criteria, key === "j" ? 1 : -1);
  return give(criteria, key);
}

const form = document.querySelector("form[data-marks]");
if (form) {
  document.addEventListener("keydown", (event) => {
    if (press(event, form)) event.preventDefault();
  });
}
