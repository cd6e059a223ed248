// A listing whose lines are marked and commented on. Without this script it is a form with line numbers.
//
//   <review-listing data-one="Comment on line {n}" …>
//     <div class="rvl" data-line="4"><div class="g"><span>4</span></div><code>…</code></div>
//     <article data-comment="1">…</article>           a comment that is known, under its last line
//     <section data-spare><article data-comment="2" data-fresh>…</article></section>     places for more
//
// The whole listing is one tab stop: arrows move, Shift extends, Enter opens the comment. A mouse drags over the
// numbers; a finger taps the first line and then the last.
const WIDEST = 12;
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const clip = (text) => text.replace(/\n$/, "");

class ReviewListing extends HTMLElement {
  connectedCallback() {
    this.rows = [...this.querySelectorAll(".rvl")];
    this.spare = this.querySelector("[data-spare]");
    if ("over" in this.dataset || !this.spare) return;
    for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false;
    for (const part of this.querySelectorAll("[data-without-script]")) part.hidden = true;
    this.spare.hidden = true;
    this.rows.forEach((row) => this.giveButton(row));
    this.at = 0;
    this.focusable(0);
    for (const comment of this.querySelectorAll("[data-comment]")) this.prepare(comment);
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("pointerdown", (event) => this.press(event));
    this.addEventListener("pointerover", (event) => this.drag(event));
    this.addEventListener("change", (event) => this.changed(event));
    this.addEventListener("toggle", (event) => this.offerLines(event), true);
    document.addEventListener("pointerup", () => this.release());
    this.sayWhichButton(this.closest("form"));
  }

  // A form that a script sends doesn't say which button outside of it was pressed.
  sayWhichButton(form) {
    let pressed = null;
    form.addEventListener("submit", ({ submitter }) => (pressed = submitter), true);
    form.addEventListener("htmx:configRequest", ({ detail }) => {
      if (pressed?.name) detail.parameters[pressed.name] = pressed.value;
    });
  }

  giveButton(row) {
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = -1;
    button.ariaLabel = fill(this.dataset.one, { n: row.dataset.line });
    button.addEventListener("click", (event) => this.click(event, row));
    row.querySelector(".g").prepend(button);
  }

  focusable(at, move = false) {
    this.rows[this.at].querySelector("button").tabIndex = -1;
    this.at = Math.max(0, Math.min(this.rows.length - 1, at));
    const button = this.rows[this.at].querySelector("button");
    button.tabIndex = 0;
    if (move) button.focus();
  }

  // Marking ------------------------------------------------------------------------------------------

  mark(from, to) {
    [this.from, this.to] = [from, to];
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    this.rows.forEach((row, at) => row.classList.toggle("sel", at >= first && at <= last));
  }

  unmark() {
    this.from = undefined;
    for (const row of this.rows) row.classList.remove("sel");
  }

  say(words) {
    this.querySelector("[data-say]").textContent = words;
  }

  sayMarked() {
    const [first, last] = [Math.min(this.from, this.to) + 1, Math.max(this.from, this.to) + 1];
    const { marked, markedMany } = this.dataset;
    this.say(first === last ? fill(marked, { n: first }) : fill(markedMany, { first, last }));
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && event.target.closest(".g")) {
      event.preventDefault();
      if (event.shiftKey) this.from ??= this.at;
      else this.unmark();
      this.focusable(this.at + step, true);
      if (event.shiftKey) {
        this.mark(this.from, this.at);
        this.sayMarked();
      }
    } else if (event.key === "Escape") {
      const comment = event.target.closest("[data-fresh]");
      if (comment) this.discard(comment);
    } else if (event.key === "Enter" && event.target.matches("[data-lines]")) {
      event.preventDefault(); // a number isn't the end of the review
    }
  }

  press(event) {
    const row = event.target.closest(".g") && event.target.closest(".rvl");
    if (!row || event.pointerType === "touch" || event.button) return;
    event.preventDefault(); // no text is selected
    const at = this.rows.indexOf(row);
    this.dragging = true;
    this.mark(event.shiftKey && this.from !== undefined ? this.from : at, at);
  }

  drag(event) {
    const row = this.dragging && event.target.closest(".rvl");
    if (row) this.mark(this.from, this.rows.indexOf(row));
  }

  release() {
    if (!this.dragging) return;
    this.dragging = false;
    this.released = true;
    setTimeout(() => (this.released = false));
    this.compose();
  }

  click(event, row) {
    if (this.released) return;
    const at = this.rows.indexOf(row);
    this.focusable(at);
    const further = event.detail && this.from !== undefined && this.open && !this.isTouched(this.open);
    if (event.shiftKey || further)
      this.mark(this.from ?? at, at); // the second tap names the last line
    else if (event.detail || this.from === undefined) this.mark(at, at);
    this.compose();
  }

  // Comments -----------------------------------------------------------------------------------------

  prepare(comment) {
    const fields = comment.querySelector("[data-fields]");
    if (!fields) return;
    const buttons = comment.querySelector("[data-buttons]");
    if ("fresh" in comment.dataset) {
      comment.querySelector(".lines-field").hidden = true;
      comment.hidden = true;
      buttons.append(this.button(this.dataset.add, () => this.keep(comment)));
      buttons.append(this.button(this.dataset.discard, () => this.discard(comment), "quiet"));
      if (this.lines(comment).value) this.put(comment);
    } else {
      buttons.append(this.button(this.dataset.remove, () => this.discard(comment), "quiet"));
    }
  }

  button(words, act, extra = "") {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `btn ${extra}`;
    button.textContent = words;
    button.addEventListener("click", act);
    return button;
  }

  lines(comment) {
    return comment.querySelector("[data-lines]");
  }

  span(comment) {
    const found = this.lines(comment).value.match(/^\s*(\d+)(?:\s*[-–]\s*(\d+))?\s*$/);
    if (!found) return null;
    const [a, b] = [Number(found[1]), Number(found[2] ?? found[1])];
    return a && Math.max(a, b) <= this.rows.length ? [Math.min(a, b), Math.max(a, b)] : null;
  }

  title([first, last]) {
    const { one, many } = this.dataset;
    return first === last ? fill(one, { n: first }) : fill(many, { first, last });
  }

  fresh() {
    const free = [...this.querySelectorAll("[data-fresh]")].filter((each) => !this.lines(each).value);
    if (free.length > 1) return free[0];
    this.another(free[0] ?? [...this.querySelectorAll("[data-fresh]")].at(-1));
    return free[0] ?? this.fresh();
  }

  another(comment) {
    const number = Math.max(
      ...[...this.querySelectorAll("[data-comment]")].map((c) => Number(c.dataset.comment)),
    );
    const old = comment.dataset.comment;
    const holder = document.createElement("div");
    holder.innerHTML = comment.outerHTML
      .replaceAll(`c.${old}.`, `c.${number + 1}.`)
      .replaceAll(`"c${old}`, `"c${number + 1}`);
    const copy = holder.firstElementChild;
    copy.dataset.comment = number + 1;
    copy.querySelector("[data-buttons]").replaceChildren();
    for (const part of copy.querySelectorAll("[data-tags], [data-said]")) part.remove();
    this.clear(copy);
    this.spare.append(copy);
    this.prepare(copy);
  }

  isTouched(comment) {
    const fields = [...comment.querySelectorAll("textarea, input[type=radio], input[type=checkbox]")];
    return fields.some((field) =>
      field.type === "radio" || field.type === "checkbox" ? field.checked : field.value,
    );
  }

  compose() {
    const [first, last] = [Math.min(this.from, this.to) + 1, Math.max(this.from, this.to) + 1];
    if (last - first >= WIDEST) {
      this.say(this.dataset.wide);
      this.unmark();
      return;
    }
    const comment = this.open && !this.isTouched(this.open) ? this.open : this.fresh();
    if (this.open && this.open !== comment) this.keep(this.open, { move: false });
    this.lines(comment).value = first === last ? `${first}` : `${first}-${last}`;
    this.put(comment, { open: true });
    this.sayMarked();
    comment.querySelector("input[type=radio]").focus();
  }

  // Under its last line, after what stands there already.
  put(comment, { open = false } = {}) {
    const span = this.span(comment);
    if (!span) return;
    let after = this.rows[span[1] - 1];
    while (after.nextElementSibling?.matches("article") && after.nextElementSibling !== comment) {
      after = after.nextElementSibling;
    }
    if (after.nextElementSibling !== comment) after.after(comment);
    comment.hidden = false;
    comment.classList.add("composer");
    comment.querySelector("[data-head]").hidden = false;
    comment.querySelector("[data-title]").textContent = this.title(span);
    comment.ariaLabel = this.title(span);
    this.open = open ? comment : this.open;
    this.show(comment, open);
    this.list();
  }

  show(comment, open) {
    comment.querySelector("[data-fields]").hidden = !open;
    comment.classList.toggle("composer", open);
    const head = comment.querySelector("[data-head]");
    head.querySelector("[data-tags]")?.remove();
    comment.querySelector("[data-said]")?.remove();
    if (open) return;
    const why = comment.querySelector("[data-why-field]").value.trim();
    if (why) head.after(Object.assign(document.createElement("p"), { className: "say", textContent: why }));
    if (why) head.nextElementSibling.dataset.said = "";
    const tags = document.createElement("span");
    tags.dataset.tags = "";
    tags.className = "row";
    for (const input of comment.querySelectorAll(
      "[name$='.category']:checked, [name$='.severity']:checked",
    )) {
      const tag = document.createElement("span");
      tag.className = "tag";
      tag.textContent = input.parentElement.textContent.trim();
      tags.append(tag);
    }
    tags.append(this.button(this.dataset.change, () => this.reopen(comment), "quiet sm"));
    head.append(tags);
  }

  reopen(comment) {
    if (this.open && this.open !== comment) this.keep(this.open, { move: false });
    this.open = comment;
    this.show(comment, true);
    comment.querySelector("input[type=radio]").focus();
  }

  keep(comment, { move = true } = {}) {
    if (this.open === comment) this.open = undefined;
    this.unmark();
    this.show(comment, false);
    this.list();
    const span = this.span(comment);
    if (move && span) this.focusable(span[1] - 1, true);
  }

  clear(comment) {
    for (const field of comment.querySelectorAll("textarea, input")) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = false;
      else field.value = "";
    }
  }

  discard(comment) {
    const span = this.span(comment);
    this.clear(comment);
    if (this.open === comment) this.open = undefined;
    this.unmark();
    comment.hidden = true;
    if ("fresh" in comment.dataset) this.spare.append(comment);
    this.lines(comment).dispatchEvent(new Event("change", { bubbles: true }));
    this.list();
    if (span) this.focusable(span[1] - 1, true);
  }

  // A draft that is put back, or lines that were typed.
  changed({ target }) {
    const comment = target.matches("[data-lines]") && target.closest("[data-fresh]");
    if (comment && target.value && comment.closest("[data-spare]")) this.put(comment);
    this.list();
  }

  offerLines({ target }) {
    const field = target.matches("details[data-fix][open]") && target.querySelector("textarea");
    const span = field && !field.value && this.span(target.closest("[data-comment]"));
    if (!span) return;
    const rows = this.rows.slice(span[0] - 1, span[1]);
    field.value = rows.map((row) => clip(row.querySelector("code").textContent)).join("\n");
    field.rows = Math.max(3, rows.length + 1);
  }

  // The lines that new comments are about, and the list beside the listing.
  list() {
    for (const row of this.rows) row.classList.remove("noted");
    const items = document.querySelector("[data-comments]");
    for (const item of items?.querySelectorAll("[data-new]") ?? []) item.remove();
    const fresh = [...this.querySelectorAll("[data-fresh]:not([hidden])")];
    for (const comment of fresh) {
      const span = this.span(comment);
      if (!span) continue;
      for (const row of this.rows.slice(span[0] - 1, span[1])) row.classList.add("noted");
      items?.append(this.item(comment));
    }
    const empty = items?.querySelector("[data-empty]");
    if (empty) empty.hidden = fresh.length > 0;
  }

  item(comment) {
    const item = document.querySelector("template[data-item]").content.firstElementChild.cloneNode(true);
    const [line, kind] = item.querySelectorAll("span");
    item.dataset.new = "";
    item.querySelector("a").href = `#${comment.id}`;
    line.textContent = `L${this.lines(comment).value}`;
    kind.textContent =
      comment.querySelector("[name$='.category']:checked")?.parentElement.textContent.trim() ?? "";
    return item;
  }
}

customElements.define("review-listing", ReviewListing);
