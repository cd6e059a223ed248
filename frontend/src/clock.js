// The clock of a skill check: minutes until the last one, then seconds. At the end the page is asked for again,
// after what is typed was saved. Without this the server keeps the time all the same.
function words(clock, seconds) {
  const minutes = Math.ceil(seconds / 60);
  if (seconds < 60) return `0:${String(Math.max(0, seconds)).padStart(2, "0")}`;
  return clock.dataset.left.replace("{n}", minutes);
}

export function watchClock() {
  const clock = document.querySelector("[data-clock]");
  if (!clock || "stopped" in clock.dataset) return;
  const end = Date.now() + Number(clock.dataset.clock) * 1000;
  const tick = () => {
    const left = Math.round((end - Date.now()) / 1000);
    clock.textContent = words(clock, left);
    if (left > 0) return;
    clearInterval(timer);
    document.dispatchEvent(new Event("draft:save"));
    setTimeout(() => location.reload(), 2500);
  };
  const timer = setInterval(tick, 1000);
  tick();
}
