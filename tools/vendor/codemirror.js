import { pythonLanguage } from "@codemirror/lang-python";
import { LanguageSupport } from "@codemirror/language";

export { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
export { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
export { Annotation, EditorState, RangeSet, StateEffect, StateField } from "@codemirror/state";
export { Decoration, drawSelection, EditorView, gutter, GutterMarker, keymap, lineNumbers, placeholder } from "@codemirror/view";
export { tags } from "@lezer/highlight";

/** Python's grammar without its completions, which are not our language's. */
export const python = () => new LanguageSupport(pythonLanguage);
