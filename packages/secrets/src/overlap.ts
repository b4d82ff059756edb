/**
 * Returns the length of the longest proper prefix of `form` with which the text ends (Knuth, Morris
 * and Pratt, in linear time).
 */
export function overlapAtEnd(form: string, text: string): number {
  const borders = [0];
  const grow = (matched: number, character: string | undefined): number => {
    let length = matched;
    while (length > 0 && form[length] !== character) length = borders[length - 1] ?? 0;
    return form[length] === character ? length + 1 : 0;
  };
  for (let at = 1; at < form.length; at += 1) borders.push(grow(borders[at - 1] ?? 0, form[at]));
  let matched = 0;
  for (const character of units(text.slice(1 - form.length))) matched = grow(matched, character);
  return matched;
}

/** Returns the length of the longest proper suffix of `form` with which the text starts. */
export function overlapAtStart(form: string, text: string): number {
  return overlapAtEnd(reversed(form), reversed(text.slice(0, form.length - 1)));
}

/** Yields UTF-16 units, because a cut may split a character. */
function* units(text: string): Generator<string | undefined> {
  for (let at = 0; at < text.length; at += 1) yield text[at];
}

function reversed(text: string): string {
  return [...units(text)].reverse().join("");
}
