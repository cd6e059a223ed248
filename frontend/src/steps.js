// One question per screen. <quiz-steps> holds sections that, without scripts, stand one below the other.
//
//   <quiz-steps data-next="Next question" data-back="Previous" data-count="Question {n} of {all}">
//     <section data-step>…</section>
//   </quiz-steps>
//
// The page's filled button shows on the last question; before it, the way on is this part's own button.
function button(label, { go = false } = {}) {
  return Object.assign(document.createElement("button"), {
    type: "button",
    className: go ? "btn go" : "btn quiet",
    textContent: label,
  });
}

class Steps {
  constructor(root) {
    this.root = root;
    this.steps = [...root.querySelectorAll("[data-step]")];
    this.main = document.querySelector(`.actbar [form="${root.closest("form")?.id}"].go`);
    this.bar = document.createElement("p");
    this.bar.className = "step-bar";
    this.back = button(root.dataset.back);
    this.next = button(root.dataset.next, { go: true });
    this.count = Object.assign(document.createElement("span"), { className: "dim small" });
    this.back.addEventListener("click", () => this.go(this.at - 1, { focus: true }));
    this.next.addEventListener("click", () => this.go(this.at + 1, { focus: true }));
    this.bar.append(this.back, this.count);
    if (this.main) this.main.before(this.next);
    else this.bar.append(this.next);
    root.append(this.bar);
    root.classList.add("ready");
    this.go(0);
  }

  go(at, { focus = false } = {}) {
    this.at = Math.max(0, Math.min(at, this.steps.length - 1));
    this.steps.forEach((step, number) => (step.hidden = number !== this.at));
    const isLast = this.at === this.steps.length - 1;
    this.back.hidden = this.at === 0;
    this.next.hidden = isLast;
    if (this.main) this.main.hidden = !isLast;
    this.count.textContent = this.root.dataset.count
      .replace("{n}", this.at + 1)
      .replace("{all}", this.steps.length);
    if (focus) this.focus();
  }

  focus() {
    const step = this.steps[this.at];
    step.tabIndex = -1;
    step.focus({ preventScroll: true });
    step.scrollIntoView({ block: "nearest" });
  }
}

export function watchSteps() {
  document.querySelectorAll("quiz-steps").forEach((root) => {
    const answered = root.querySelector("[data-answered]");
    if (!answered && root.querySelectorAll("[data-step]").length > 1) new Steps(root);
  });
}
