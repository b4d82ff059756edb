import type { Key } from "node:readline";
import type { TextBuffer } from "./text-buffer.ts";

/** The effect of a key other than a change of the text. */
export type Wish =
  | "submit"
  | "interrupt"
  | "end"
  | "back"
  | "forth"
  | "edit"
  | "complete"
  | "clear-screen"
  | "suspend";

type Action = (buffer: TextBuffer) => Wish | undefined;

const change =
  (act: (buffer: TextBuffer) => void): Action =>
  (buffer) => {
    act(buffer);
    return undefined;
  };

const newLine = change((buffer) => buffer.insert("\n"));
const wordLeft = change((buffer) => buffer.wordLeft());
const wordRight = change((buffer) => buffer.wordRight());
const up: Action = (buffer) => (buffer.up() ? undefined : "back");
const down: Action = (buffer) => (buffer.down() ? undefined : "forth");

/** Submits the text, or replaces a backslash at the end of a line with a new line. */
const enter: Action = (buffer) => {
  const { text, cursor } = buffer;
  const endsLine = cursor === text.length || text[cursor] === "\n";
  if (text[cursor - 1] !== "\\" || !endsLine) return "submit";
  buffer.deleteBefore();
  buffer.insert("\n");
  return undefined;
};

/** The actions by the name of the key, with C- for Ctrl and M- for Alt, as in a shell. */
const actions: Readonly<Record<string, Action>> = {
  return: enter,
  "M-return": newLine,
  enter: newLine,
  "M-enter": newLine,
  "C-c": () => "interrupt",
  "C-d": (buffer) => {
    if (buffer.text === "") return "end";
    buffer.deleteBehind();
    return undefined;
  },
  "C-g": () => "edit",
  "C-l": () => "clear-screen",
  "C-z": () => "suspend",
  tab: () => "complete",
  up,
  "C-p": up,
  down,
  "C-n": down,
  left: change((buffer) => buffer.left()),
  "C-b": change((buffer) => buffer.left()),
  right: change((buffer) => buffer.right()),
  "C-f": change((buffer) => buffer.right()),
  "C-left": wordLeft,
  "M-left": wordLeft,
  "M-b": wordLeft,
  "C-right": wordRight,
  "M-right": wordRight,
  "M-f": wordRight,
  home: change((buffer) => buffer.lineStart()),
  "C-a": change((buffer) => buffer.lineStart()),
  end: change((buffer) => buffer.lineEnd()),
  "C-e": change((buffer) => buffer.lineEnd()),
  backspace: change((buffer) => buffer.deleteBefore()),
  "C-h": change((buffer) => buffer.deleteBefore()),
  delete: change((buffer) => buffer.deleteBehind()),
  "C-w": change((buffer) => buffer.cutWordBefore()),
  "M-backspace": change((buffer) => buffer.cutWordBefore()),
  "M-d": change((buffer) => buffer.cutWordBehind()),
  "C-u": change((buffer) => buffer.cutToStart()),
  "C-k": change((buffer) => buffer.cutToEnd()),
  "C-y": change((buffer) => buffer.paste()),
};

/** Shift-Enter, as sent by terminals that tell it from Enter. */
const shiftEnter = "\u001b[13;2u";

/** Applies a key to the text, or returns its effect if that is not a change of the text. */
export function actOn(buffer: TextBuffer, text: string, key: Key): Wish | undefined {
  const { name = "", ctrl = false, meta = false, sequence = "" } = key;
  if (sequence === shiftEnter) return newLine(buffer);
  const action = actions[`${ctrl ? "C-" : ""}${meta ? "M-" : ""}${name}`];
  if (action !== undefined) return action(buffer);
  if (text !== "" && !ctrl && !meta && !text.startsWith("\u001b")) buffer.insert(text);
  return undefined;
}
