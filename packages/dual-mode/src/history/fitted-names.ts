import { sha256 } from "../sha256.ts";
import { fittedName, type NameRule } from "./fitted-name.ts";

/** The names of a caller's tools as a command takes them, and back. */
export interface FittedNames {
  /** The name as the command takes it; of one that is not offered, what fits of it. */
  fitted(name: string): string;
  /** The caller's name for one that came back; undefined where it is none of them. */
  given(fitted: string): string | undefined;
}

/**
 * Fits each name to the rule, so that no two become one: a name that fits already stays as it is.
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
