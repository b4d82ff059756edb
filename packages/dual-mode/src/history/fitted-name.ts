import { sha256 } from "../sha256.ts";

/** What a vendor takes for a name or an id. */
export interface NameRule {
  /** The characters that it may have, one of them: `/[\w-]/`. */
  readonly characters: RegExp;
  readonly longest: number;
}

/**
 * The name as the rule has it: the same where it fits, else what fits of it with a digest of the
 * whole behind, so that two names stay two.
 */
export function fittedName(name: string, { characters, longest }: NameRule): string {
  const fitting = [...name].map((each) => (characters.test(each) ? each : "_")).join("");
  if (fitting === name && name.length <= longest && name !== "") return name;
  const digest = sha256(name).toString("hex").slice(0, 8);
  return `${fitting.slice(0, longest - digest.length - 1)}_${digest}`;
}
