// Sentences that scripts say, in the page's language: the server renders them in <template id="words">.
const shelf = document.getElementById("words")?.content;

export function word(name, values = {}) {
  const text = shelf?.querySelector(`[data-word="${name}"]`)?.textContent ?? name;
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

export function clock(at = new Date()) {
  return at.toLocaleTimeString(document.documentElement.lang, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}
