import type * as z from "zod/mini";
import { DualModeError } from "../error.ts";
import type { Form, Shape } from "./form.ts";

type Issue = z.core.$ZodIssue;

/**
 * Checks a value against its shape, and names the first member that does not fit.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST`
 */
export function check(shape: Shape, value: unknown, subject: string): void {
  if ("members" in shape) checkObject(shape, value, subject);
  else checkValue(shape, value, subject);
}

function checkObject({ members, required = [] }: Form, value: unknown, subject: string): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(`${subject} must be an object.`, membersOf(members));
  }
  const given = value as Readonly<Record<string, unknown>>;
  const unknown: string[] = [];
  // Inherited names too, because an AbortSignal that was passed in place of options has no others.
  for (const name in given) {
    const shapeOf = Object.hasOwn(members, name) ? members[name] : undefined;
    const member = given[name];
    if (shapeOf === undefined) unknown.push(name);
    else if (member !== undefined) checkMember(shapeOf(member), member, subject, name);
  }
  for (const name of required) {
    const shapeOf = members[name];
    if (given[name] === undefined && shapeOf) {
      checkMember(shapeOf(undefined), undefined, subject, name);
    }
  }
  if (unknown.length === 0) return;
  const named = unknown.map((name) => `"${name}"`).join(", ");
  throw invalid(`${subject} has no member ${named}.`, membersOf(members));
}

function membersOf(members: Form["members"]): string {
  return `Its members are ${Object.keys(members).sort().join(", ")}.`;
}

/** The member's path is only built if its value has to be checked. */
function checkMember(shape: Shape | undefined, value: unknown, subject: string, name: string) {
  if (shape !== undefined) check(shape, value, `${subject}.${name}`);
}

function checkValue(schema: z.ZodMiniType, value: unknown, subject: string): void {
  const result = schema.safeParse(value);
  const issue = result.error?.issues[0];
  if (issue === undefined) return;
  throw invalid(describe(issue, subject), `Correct ${path(issue.path, subject)}.`);
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
      return `${at} has a form that is not accepted.`;
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

function invalid(message: string, fix: string): DualModeError {
  return new DualModeError("INVALID_REQUEST", message, { fix });
}
