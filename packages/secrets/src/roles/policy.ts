import { SecretsError } from "../errors.ts";
import { aliasesOf, fold } from "../names.ts";
import type { PolicyRule } from "../store-body.ts";

/** What a role may be granted. `audit` and `admin` concern the whole store: grant them on `"*"`. */
export type Verb = "read" | "write" | "delete" | "list" | "rotate" | "audit" | "admin";

/** One rule of a role's policy. */
export interface RoleRule {
  /** @default "allow" */
  readonly effect?: "allow" | "deny";
  readonly verbs: readonly Verb[];
  /** Names, or patterns in which `*` stands for any characters. */
  readonly names: readonly string[];
}

const verbs: readonly string[] = ["read", "write", "delete", "list", "rotate", "audit", "admin"];

/**
 * Returns true if a rule grants the verb. An exact name beats a pattern, a longer literal start
 * beats a shorter one, and between equals a denial wins.
 */
export function isAllowed(rules: readonly PolicyRule[], verb: Verb, name: string): boolean {
  const names = aliasesOf(name);
  let best = -1;
  let allowed = false;
  for (const rule of rules) {
    if (!rule.verbs.includes(verb)) continue;
    for (const pattern of rule.names) {
      const folded = fold(pattern);
      const weight = Math.max(...names.map((each) => weightOf(folded, each)));
      if (weight < best || weight < 0) continue;
      allowed = rule.effect === "allow" && (weight > best || allowed);
      best = weight;
    }
  }
  return allowed;
}

/**
 * Returns how exactly a pattern matches a name: the length of its literal start, infinity for an
 * exact name, -1 for no match.
 */
function weightOf(pattern: string, name: string): number {
  if (!pattern.includes("*")) return pattern === name ? Number.POSITIVE_INFINITY : -1;
  const [start = "", ...rest] = pattern.split("*");
  const end = rest.pop() ?? "";
  if (!name.startsWith(start) || name.length < start.length + end.length) return -1;
  let at = start.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return -1;
    at = found + part.length;
  }
  return name.endsWith(end) && name.length - end.length >= at ? start.length : -1;
}

/** @throws SecretsError `INVALID_POLICY`, which says what a rule looks like */
export function checkedRules(rules: readonly RoleRule[]): readonly PolicyRule[] {
  if (!Array.isArray(rules)) throw invalid("The rules of a role must be an array");
  return rules.map((rule: RoleRule) => {
    const { effect = "allow", verbs: granted, names } = rule ?? {};
    if (effect !== "allow" && effect !== "deny") throw invalid("`effect` is allow or deny");
    if (!isStrings(granted) || !granted.every((verb) => verbs.includes(verb))) {
      throw invalid(`\`verbs\` holds some of ${verbs.join(", ")}`);
    }
    if (!isStrings(names)) throw invalid('`names` holds names or patterns, such as "anthropic_*"');
    return { effect, verbs: [...granted], names: [...names] };
  });
}

function isStrings(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => typeof item === "string" && item !== "" && item.length <= 256)
  );
}

function invalid(what: string): SecretsError {
  return new SecretsError(
    "INVALID_POLICY",
    `${what}. A rule looks like { verbs: ["read"], names: ["anthropic_*"] }.`,
  );
}
