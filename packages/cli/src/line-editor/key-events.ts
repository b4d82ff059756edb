import { emitKeypressEvents, type Key } from "node:readline";

/** A key press, or a text that was pasted. */
export type Typed =
  | { readonly type: "key"; readonly text: string; readonly key: Key }
  | { readonly type: "paste"; readonly text: string };

const pasteEnd = "\u001b[201~";

/**
 * Listens to the keys. A bracketed paste is passed on as one text, whatever it contains. Returns a
 * function that stops listening.
 */
export function onTyped(input: NodeJS.ReadStream, take: (typed: Typed) => void): () => void {
  let pasted: string[] | undefined;
  let tail = "";
  const endPaste = (cut = 0) => {
    const text = (pasted ?? []).join("");
    pasted = undefined;
    take({ type: "paste", text: text.slice(0, text.length - cut).replaceAll(/\r\n?/g, "\n") });
  };
  const listen = (text: string | undefined, key: Key) => {
    if (key.name === "paste-start" && pasted === undefined) pasted = [];
    else if (key.name === "paste-end") endPaste();
    else if (pasted === undefined) take({ type: "key", text: text ?? "", key });
    else {
      const piece = text ?? key.sequence ?? "";
      pasted.push(piece);
      // An incomplete escape sequence in the paste swallows the end marker, so it is found here.
      tail = (tail + piece).slice(-pasteEnd.length);
      if (tail === pasteEnd) endPaste(pasteEnd.length);
    }
  };
  emitKeypressEvents(input);
  input.on("keypress", listen);
  return () => {
    input.off("keypress", listen);
  };
}
