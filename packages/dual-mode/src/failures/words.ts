/** The most characters of a text that are searched. */
const limit = 16_384;
/** The most characters that `…` stands for. */
const reach = 200;

/** Normalizes a text for the search for words. */
export function normalized(text: string): string {
  return text.slice(0, limit).toLowerCase().replaceAll(/\s+/g, " ").replaceAll("’", "'");
}

/** Whether a normalized text contains the words; the time grows linearly with the text. */
export function fits(text: string, words: string): boolean {
  const [first = "", ...rest] = words.split("…").map((piece) => piece.trim());
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    if (follow(text, at + first.length, rest)) return true;
  }
  return false;
}

function follow(text: string, start: number, pieces: readonly string[]): boolean {
  let end = start;
  for (const piece of pieces) {
    const at = text.slice(end, end + reach + piece.length).indexOf(piece);
    if (at < 0) return false;
    end += at + piece.length;
  }
  return true;
}
