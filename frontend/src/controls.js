// Small behaviours of buttons, menus, dialogs and tabs. All listen on the document, so parts that arrive later work too.
import { word } from "./words.js";

const BUSY_AFTER = 400; // ms: shorter waits need no sign

function label(button) {
  return button.querySelector("span") ?? button;
}

function begin(button) {
  button.setAttribute("aria-busy", "true");
  button.style.minInlineSize = `${button.offsetWidth}px`;
  button.wasLabel = label(button).textContent;
  button.busyTimer = setTimeout(() => {
    label(button).textContent = button.dataset.busy ?? word("busy");
  }, BUSY_AFTER);
}

function end(button) {
  clearTimeout(button.busyTimer);
  if (button.wasLabel !== undefined) label(button).textContent = button.wasLabel;
  button.removeAttribute("aria-busy");
}

function endAll() {
  document.querySelectorAll('.btn[aria-busy="true"]').forEach(end);
}

function watchButtons() {
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("button, a.btn");
      if (button?.getAttribute("aria-disabled") !== "true") return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.classList.contains("btn")) return;
    if (button.getAttribute("aria-busy") === "true") event.preventDefault();
    else begin(button);
  });
  document.addEventListener("htmx:afterRequest", endAll);
  window.addEventListener("pageshow", endAll);
}

function watchPrinting() {
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
}

function watchCopies() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const before = label(button).textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      label(button).textContent = button.dataset.copied;
    } catch {
      label(button).textContent = button.dataset.copy; // no clipboard here: show it, to be copied by hand
    }
    setTimeout(() => (label(button).textContent = before), 2000);
  });
}

function watchMenus() {
  const open = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    open().forEach((menu) => menu.contains(event.target) || (menu.open = false));
  });
  document.addEventListener("focusin", (event) => {
    open().forEach((menu) => menu.contains(event.target) || (menu.open = false));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
}

function watchDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
    if (event.target.matches("dialog.dialog")) event.target.close(); // the backdrop
  });
}

function watchConnection() {
  const show = () => {
    document.querySelectorAll("[data-offline]").forEach((bar) => (bar.hidden = navigator.onLine));
  };
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  show();
}

// Text that scrolls sideways can be reached by keyboard.
function watchScrollers() {
  const reach = (block) => block.scrollWidth > block.clientWidth && (block.tabIndex = 0);
  document.querySelectorAll(".prose :is(pre, table)").forEach(reach);
}

export function watchControls() {
  watchPrinting();
  watchButtons();
  watchCopies();
  watchMenus();
  watchDialogs();
  watchConnection();
  watchScrollers();
}
