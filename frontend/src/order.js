// Lines to put in order: buttons move a line and renumber all; the numbers are what is sent.
function renumber(list) {
  const items = [...list.children];
  items
    .filter((item) => !item.classList.contains("out"))
    .forEach((item, at) => {
      item.querySelector(".place").value = at + 1;
    });
  list.dispatchEvent(new Event("input", { bubbles: true }));
}

function say(list, item) {
  const inside = [...list.children].filter((other) => !other.classList.contains("out"));
  const template = item.classList.contains("out") ? list.dataset.left : list.dataset.moved;
  const words = template.replace("{n}", inside.indexOf(item) + 1).replace("{all}", inside.length);
  list.parentElement.querySelector("[data-order-say]").textContent = words;
}

function mark(list, item) {
  list.querySelectorAll(".moved").forEach((other) => other.classList.remove("moved"));
  item.classList.add("moved");
}

function move(list, item, step) {
  const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (!other || other.classList.contains("out")) return;
  if (step < 0) other.before(item);
  else other.after(item);
}

function leave(list, item, button) {
  const out = item.classList.toggle("out");
  button.setAttribute("aria-pressed", out);
  if (out) {
    item.querySelector(".place").value = "";
    list.append(item);
  } else {
    const firstOut = [...list.children].find((other) => other.classList.contains("out"));
    if (firstOut) firstOut.before(item);
  }
}

function sortByPlace(list) {
  const place = (item) => Number(item.querySelector(".place").value) || Infinity;
  const sorted = [...list.children].sort((a, b) => place(a) - place(b));
  list.append(...sorted);
  list.querySelectorAll("[data-leave]").forEach((button) => {
    button.setAttribute("aria-pressed", button.closest("li").classList.contains("out"));
  });
}

function enhance(list) {
  if (!list.querySelector("[data-move]")) return; // already answered
  const placed = [...list.querySelectorAll(".place")].some((input) => input.value);
  if (placed) sortByPlace(list);
  else list.querySelectorAll(".out").forEach((item) => item.classList.remove("out"));
  list.querySelectorAll(".move").forEach((buttons) => (buttons.hidden = false));
  list.addEventListener("change", (event) => {
    if (!event.target.matches(".place")) return;
    event.target.closest("li").classList.toggle("out", !event.target.value && "extra" in list.dataset);
    sortByPlace(list);
    renumber(list);
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move], [data-leave]");
    if (!button) return;
    const item = button.closest("li");
    if (button.matches("[data-leave]")) leave(list, item, button);
    else if (!item.classList.contains("out")) move(list, item, Number(button.dataset.move));
    renumber(list);
    mark(list, item);
    say(list, item);
    button.focus(); // moving a node drops its focus
  });
}

export function watchOrders() {
  document.querySelectorAll("[data-order]").forEach(enhance);
}
