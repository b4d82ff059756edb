import { stripVTControlCharacters } from "node:util";

/** Breaks lines at spaces and indents the continuation. A word longer than a line stays whole. */
export function wrapLines(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => wrapLine(line, width))
    .join("\n");
}

function wrapLine(line: string, width: number): readonly string[] {
  const indent = " ".repeat(line.length - line.trimStart().length + 2);
  const [first = "", ...words] = line.split(/(?<=\S)(?= )/);
  const lines = [first];
  for (const word of words) {
    const longer = `${lines.at(-1)}${word}`;
    if (stripVTControlCharacters(longer).length <= width) lines[lines.length - 1] = longer;
    else lines.push(`${indent}${word.trimStart()}`);
  }
  return lines;
}
