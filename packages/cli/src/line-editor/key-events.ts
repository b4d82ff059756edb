import { emitKeypressEvents, type Key } from "node:readline";

/** A key that was pressed, or a text that was pasted. */
export type Typed =
  | { readonly type: "key"; readonly text: string; readonly key: Key }
  | { readonly type: "paste"; readonly text: string };

const pasteEnd = "\u001b[201~";

/**
 * Keys as they are typed; what a terminal brackets as pasted comes as one text, whatever it holds.
 * Gives what ends the listening.
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
      // A sequence that is cut off within what is pasted takes the end for its own.
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
