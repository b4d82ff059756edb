import type * as z from "zod/mini";
import { DualModeError } from "../error.ts";
import type { Form } from "./form.ts";

type Issue = z.core.$ZodIssue;

/**
 * Checks a value against its form and names the first member that does not fit.
 * @throws {@link DualModeError} `INVALID_REQUEST`
 */
export function check(form: Form, value: unknown, subject: string): void {
  const result = form.schema.safeParse(value);
  if (result.success) return;
  const issue = mostTelling(result.error.issues);
  throw new DualModeError("INVALID_REQUEST", describe(issue, subject), {
    fix:
      form.names.length > 0 && issue.path.length === 0
        ? `Its members are ${[...form.names].sort().join(", ")}.`
        : `Mend ${path(issue.path, subject)}.`,
  });
}

function mostTelling(issues: readonly Issue[]): Issue {
  const [first] = issues as [Issue, ...Issue[]];
  if (first.code !== "invalid_union") return first;
  const meant = first.errors.filter((branch) => branch.length > 0).sort(byReach)[0];
  if (meant === undefined || reach(meant) === 0) return first;
  const inner = mostTelling(meant);
  return { ...inner, path: [...first.path, ...inner.path] };
}

function byReach(a: readonly Issue[], b: readonly Issue[]): number {
  return reach(b) - reach(a);
}

/** How far into a value a branch of a union came before it failed: 0 where the kind was wrong. */
function reach(issues: readonly Issue[]): number {
  const ownKind = ({ code }: Issue) => code !== "invalid_type" && code !== "invalid_value";
  return Math.max(...issues.map((issue) => issue.path.length + Number(ownKind(issue))));
}

function describe(issue: Issue, subject: string): string {
  const at = path(issue.path, subject);
  switch (issue.code) {
    case "unrecognized_keys":
      return `${at} has no member ${issue.keys.map((key) => `"${key}"`).join(", ")}.`;
    case "invalid_value":
      return `${at} must be one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}.`;
    case "invalid_type":
      return `${at} must be ${article(issue.expected)}.`;
    case "too_small":
      return `${at} must be at least ${issue.minimum}${issue.origin === "string" ? " characters long" : ""}.`;
    case "too_big":
      return `${at} must be at most ${issue.maximum}.`;
    case "custom":
      return `${at} ${issue.message}.`;
    default:
      return `${at} is not of a form that is accepted.`;
  }
}

function path(segments: readonly PropertyKey[], subject: string): string {
  return segments.reduce<string>(
    (text, segment) =>
      typeof segment === "number" ? `${text}[${segment}]` : `${text}.${String(segment)}`,
    subject,
  );
}

function article(expected: string): string {
  if (expected === "nonoptional") return "given";
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}
