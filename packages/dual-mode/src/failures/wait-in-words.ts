const anchors = [
  "try again in ",
  "try again after ",
  "retry in ",
  "retry after ",
  "reset after ",
  "resets in ",
  "reset in ",
];

const units = new Map([
  ["ms", 1],
  ["millisecond", 1],
  ["s", 1_000],
  ["sec", 1_000],
  ["second", 1_000],
  ["m", 60_000],
  ["min", 60_000],
  ["minute", 60_000],
  ["h", 3_600_000],
  ["hr", 3_600_000],
  ["hour", 3_600_000],
  ["d", 86_400_000],
  ["day", 86_400_000],
]);

/** Returns the wait in ms that a text names: "try again in 7m12.5s", "retry after 26 seconds". */
export function waitInWords(said: string): number | undefined {
  const text = said.toLowerCase();
  for (const anchor of anchors) {
    const at = text.indexOf(anchor);
    if (at < 0) continue;
    const wait = duration(text.slice(at + anchor.length, at + anchor.length + 60));
    if (wait !== undefined) return wait;
  }
  return undefined;
}

function duration(text: string): number | undefined {
  const piece = /(?:about |and |, )?(\d{1,9}(?:\.\d{1,12})?) ?([a-z]+) ?/y;
  let sum: number | undefined;
  for (let found = piece.exec(text); found !== null; found = piece.exec(text)) {
    const name = found[2] ?? "";
    const unit = units.get(name) ?? units.get(name.replace(/s$/, ""));
    if (unit === undefined) break;
    sum = (sum ?? 0) + Number(found[1]) * unit;
  }
  return sum === undefined ? undefined : Math.ceil(sum);
}
