import type { Tool } from "../contract/request.ts";
import { DualModeError } from "../error.ts";
import { sha256 } from "../sha256.ts";

/** The form that a vendor requires for a name or an id. */
export interface NameRule {
  /** Matches one allowed character: `/[\w-]/`. */
  readonly characters: RegExp;
  readonly longest: number;
  /**
   * Matches an allowed first character.
   *
   * @default any of `characters`
   */
  readonly first?: RegExp;
}

/**
 * Returns a name that keeps the rule: the same name if it does, or else its allowed characters
 * followed by a digest of the whole, so that different names stay different.
 */
export function fittedName(name: string, rule: NameRule): string {
  if (fits(name, rule)) return name;
  const fitting = [...name].map((each) => (rule.characters.test(each) ? each : "_")).join("");
  const digest = sha256(name).toString("hex").slice(0, 8);
  const begun = rule.first && !rule.first.test(fitting.charAt(0)) ? `_${fitting}` : fitting;
  return `${begun.slice(0, rule.longest - digest.length - 1)}_${digest}`;
}

/**
 * Refuses a tool whose name the vendor would refuse, before the request is sent: another provider
 * may accept it.
 *
 * @throws {@link DualModeError} `UNSUPPORTED_FEATURE`, naming the tool
 */
export function checkToolNames(
  tools: readonly Tool[] | undefined,
  rule: NameRule,
  vendor: string,
): void {
  tools?.forEach(({ name }, index) => {
    if (fits(name, rule)) return;
    const at = `request.tools[${index}].name`;
    const said = `${at}: ${vendor} takes no tool with the name ${JSON.stringify(name)}.`;
    throw new DualModeError("UNSUPPORTED_FEATURE", said, {
      fix: `Use only letters, digits, "_" and "-", at most ${rule.longest} of them.`,
    });
  });
}

function fits(name: string, { characters, longest, first = characters }: NameRule): boolean {
  if (name.length === 0 || name.length > longest || !first.test(name.charAt(0))) return false;
  for (const each of name) if (!characters.test(each)) return false;
  return true;
}
