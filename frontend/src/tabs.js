// Links to parts of the page become tabs: arrow keys move, Home and End go to the ends.
const STEPS = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

function pick(tabs, chosen, focus) {
  for (const tab of tabs) {
    const on = tab === chosen;
    tab.setAttribute("aria-selected", on);
    tab.tabIndex = on ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls"))?.classList.toggle("shown", on);
  }
  if (focus) chosen.focus();
}

function enhance(list) {
  const tabs = [...list.querySelectorAll(":scope > a")];
  list.setAttribute("role", "tablist");
  for (const tab of tabs) {
    const id = tab.hash.slice(1);
    const panel = document.getElementById(id);
    tab.id ||= `${id}-tab`;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", id);
    tab.removeAttribute("aria-current");
    panel?.setAttribute("role", "tabpanel");
    panel?.setAttribute("aria-labelledby", tab.id);
  }
  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (!tab) return;
    event.preventDefault();
    pick(tabs, tab);
  });
  list.addEventListener("keydown", (event) => {
    if (!(event.key in STEPS)) return;
    event.preventDefault();
    const at = tabs.indexOf(event.target.closest("[role=tab]")) + STEPS[event.key];
    const wrapped = Number.isFinite(at) ? (at + tabs.length) % tabs.length : at > 0 ? tabs.length - 1 : 0;
    pick(tabs, tabs[wrapped], true);
  });
  pick(tabs, tabs.find((tab) => tab.hash === location.hash) ?? tabs[0]);
}

export function watchTabs() {
  document.querySelectorAll("[data-tabs]").forEach(enhance);
}
