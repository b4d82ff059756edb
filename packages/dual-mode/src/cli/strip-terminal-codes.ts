/**
 * Matches what a terminal obeys and does not show: strings with an end (OSC, DCS, SOS, PM, APC),
 * CSI and other escape sequences, and control characters. Of a string without an end only the
 * introducer is removed, since what follows may be meant for the reader. Each alternative ends
 * where the next could begin, so that the time is linear.
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
 * Removes 7-bit terminal codes and all control characters except tab and line ends. JSON cannot
 * contain any of them unescaped, so no value in it changes.
 */
export function stripTerminalCodes(text: string): string {
  return text.replaceAll(codes, "");
}
