// The editor's manners: what is in it, its keys, its colours. Colours are the page's own tokens, so light and dark follow.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { problemLines, unprovedLines } from "./problems.js";

const NBSP = /\u00a0/g;

export const plainSpaces = (text) => text.replace(NBSP, " ");

const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null],
    color: "var(--code-key)",
    fontWeight: "600",
  },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-str)" },
  { tag: tags.number, color: "var(--code-num)" },
  { tag: tags.comment, color: "var(--code-com)", fontStyle: "italic" },
  {
    tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)],
    color: "var(--code-fn)",
    fontWeight: "600",
  },
]);

const clothes = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--surface)", color: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--font-code)",
    fontSize: "var(--code-size)",
    lineHeight: "var(--lh-code)",
  },
  ".cm-content": { padding: "0.5rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 1rem 0 0.5rem" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--ink-3)", border: "0" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.75rem", padding: "0 0.5rem 0 0.75rem" },
  ".cm-problem": { backgroundColor: "var(--fail-soft)", boxShadow: "inset 4px 0 0 var(--fail)" },
  ".cm-unproved": {
    borderInlineStart: "3px dashed var(--ink-3)",
    paddingInlineStart: "calc(0.5rem - 3px)",
  },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--mark)",
    outline: "1px solid var(--mark-line)",
  },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--fail-soft)" },
});

// Ctrl + Enter is the page's: it presses the filled button.
const keys = defaultKeymap.filter(({ key }) => key !== "Mod-Enter");

export function extensions({ label, hint, language, readOnly, changed }) {
  return [
    EditorView.cspNonce.of(document.querySelector("script[nonce]")?.nonce ?? ""),
    lineNumbers(),
    history(),
    indentOnInput(),
    indentUnit.of("    "),
    EditorState.tabSize.of(4),
    EditorState.readOnly.of(readOnly),
    bracketMatching(),
    closeBrackets(),
    language === "python" ? python() : [],
    syntaxHighlighting(colours),
    clothes,
    problemLines,
    unprovedLines,
    EditorView.clipboardInputFilter.of(plainSpaces),
    EditorView.contentAttributes.of({
      "aria-label": label,
      "aria-describedby": hint,
      tabindex: "0",
      spellcheck: "false",
      autocapitalize: "off",
      autocorrect: "off",
    }),
    keymap.of([...closeBracketsKeymap, ...keys, ...historyKeymap, indentWithTab]),
    EditorView.updateListener.of((update) => update.docChanged && changed(update)),
  ];
}
