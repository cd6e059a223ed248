// Lines that something is wrong with. They move with the text and go away when their line is edited.
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

export const showLines = StateEffect.define();

const mark = Decoration.line({ class: "cm-problem" });

function place(doc, numbers) {
  const known = numbers.filter((number) => number >= 1 && number <= doc.lines);
  return Decoration.set(
    known.map((number) => mark.range(doc.line(number).from)),
    true,
  );
}

export const problemLines = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(showLines)) return place(transaction.state.doc, effect.value);
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
