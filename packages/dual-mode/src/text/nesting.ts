import { DualModeError } from "../error.ts";

/** The deepest nesting of objects and lists from outside, which is also that of a request. */
export const deepest = 200;

/** Shorter texts cannot be nested too deep, because each level has two brackets. */
const shortest = 2 * deepest;

/**
 * Refuses JSON that is nested too deep before it is parsed: a recursive reader would overflow the
 * stack.
 *
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export function refuseDeepJson(json: string): void {
  if (isDeepJson(json)) throw tooDeep();
}

/** Whether JSON is nested too deep. */
export function isDeepJson(json: string): boolean {
  return json.length > shortest && depthOf(json) > deepest;
}

/**
 * Refuses a value that is nested too deep.
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export function refuseDeepValue(value: unknown): void {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) throw tooDeep();
    level = level.flatMap((each) =>
      typeof each === "object" && each !== null ? Object.values(each) : [],
    );
  }
}

/** Counts the brackets outside strings. */
function depthOf(json: string): number {
  let depth = 0;
  let most = 0;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === quote) at = endOfString(json, at);
    else if (code === brace || code === bracket) most = Math.max(most, ++depth);
    else if (code === endBrace || code === endBracket) depth -= 1;
  }
  return most;
}

const quote = 0x22;
const backslash = 0x5c;
const bracket = 0x5b;
const endBracket = 0x5d;
const brace = 0x7b;
const endBrace = 0x7d;

/** The index of the closing quote of the string that begins at `start`. */
function endOfString(json: string, start: number): number {
  let at = json.indexOf('"', start + 1);
  while (at > 0 && isEscaped(json, at)) at = json.indexOf('"', at + 1);
  return at < 0 ? json.length : at;
}

function isEscaped(json: string, at: number): boolean {
  let before = at - 1;
  while (json.charCodeAt(before) === backslash) before -= 1;
  return (at - before) % 2 === 0;
}

function tooDeep(): DualModeError {
  const message = `The answer has data that is nested more than ${deepest} levels deep.`;
  return new DualModeError("INVALID_OUTPUT", message);
}
