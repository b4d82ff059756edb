import { sha256 } from "../sha256.ts";
import { fittedName, type NameRule } from "./fitted-name.ts";

/** Translates the names of a caller's tools into those that a command accepts, and back. */
export interface FittedNames {
  /** Returns the name that the command accepts, even for a tool that is not offered. */
  fitted(name: string): string;
  /** Returns the caller's name for one that the command sent; undefined if it is unknown. */
  given(fitted: string): string | undefined;
}

/**
 * Fits each name to the rule, without making two names equal. A name that fits already stays as it
 * is.
 */
export function fitNames(names: readonly string[], rule: NameRule): FittedNames {
  const fitting = new Map<string, string>();
  const given = new Map<string, string>();
  const stays = (name: string) => fittedName(name, rule) === name;
  for (const name of [...names.filter(stays), ...names.filter((each) => !stays(each))]) {
    let fitted = fittedName(name, rule);
    for (let number = 2; given.has(fitted) && given.get(fitted) !== name; number++) {
      fitted = fittedName(`${name}${sha256(`${number}${name}`).toString("hex")}`, rule);
    }
    fitting.set(name, fitted);
    given.set(fitted, name);
  }
  return {
    fitted: (name) => fitting.get(name) ?? fittedName(name, rule),
    given: (fitted) => given.get(fitted),
  };
}
