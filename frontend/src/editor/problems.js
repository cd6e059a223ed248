// Marked lines: those that something is wrong with, and those that a model wrote and no check has gone through. They move
// with the text, and a mark goes away when its line is edited.
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

export const showLines = StateEffect.define();
export const showUnproved = StateEffect.define();

function place(doc, numbers, mark) {
  const known = numbers.filter((number) => number >= 1 && number <= doc.lines);
  return Decoration.set(
    known.map((number) => mark.range(doc.line(number).from)),
    true,
  );
}

function marked(shown, className) {
  const mark = Decoration.line({ class: className });
  return StateField.define({
    create: () => Decoration.none,
    update(marks, transaction) {
      for (const effect of transaction.effects) {
        if (effect.is(shown)) return place(transaction.state.doc, effect.value, mark);
      }
      if (!transaction.docChanged) return marks;
      const touched = new Set();
      transaction.changes.iterChangedRanges((from, to) => {
        const { doc } = transaction.startState;
        for (let at = doc.lineAt(from).number; at <= doc.lineAt(to).number; at += 1)
          touched.add(doc.line(at).from);
      });
      return marks.update({ filter: (from) => !touched.has(from) }).map(transaction.changes);
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}

export const problemLines = marked(showLines, "cm-problem");
export const unprovedLines = marked(showUnproved, "cm-unproved");
