/**
 * What a terminal obeys and does not show: strings with an end (OSC, DCS, SOS, PM, APC), CSI and
 * other escape sequences, controls. A string without an end loses its beginning alone, for what
 * follows may be meant for the reader. Each alternative ends where the next could begin, so that
 * the time is linear.
 */
const codes = new RegExp(
  [
    String.raw`\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)`,
    String.raw`\x1b\[[0-?]*[ -/]*[@-~]`,
    String.raw`\x1b[ -/]*[0-~]`,
    String.raw`[\0-\x08\x0b\x0c\x0e-\x1f]`,
  ].join("|"),
  "g",
);

/**
 * A text without terminal codes of seven bits and without controls but tab and the line's ends.
 * None of them can stand unescaped in JSON, so that no value in it is changed.
 */
export function stripTerminalCodes(text: string): string {
  return text.replaceAll(codes, "");
}
