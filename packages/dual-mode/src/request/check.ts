import type * as v from "valibot";
import { DualModeError } from "../error.ts";

type Issue = v.BaseIssue<unknown>;

/**
 * Checks a value against a schema and names the first member that does not fit.
 * @throws {@link DualModeError} `INVALID_REQUEST`
 */
export function check(
  schema: v.GenericSchema,
  value: unknown,
  subject: string,
  members: readonly string[] = [],
): void {
  const { issues } = schema["~run"]({ value }, {});
  if (issues === undefined) return;
  const fault = faultOf(mostTelling(issues), subject);
  throw new DualModeError("INVALID_REQUEST", `${fault.at} ${fault.what}.`, {
    fix:
      members.length > 0 && fault.at === subject
        ? `Its members are ${[...members].sort().join(", ")}.`
        : `Mend ${fault.at}.`,
  });
}

/** Of a union it is the branch that came furthest into the value, if any did. */
function mostTelling(issues: readonly Issue[]): Issue {
  const [first] = issues as [Issue, ...Issue[]];
  const inner = first.issues && [...first.issues].sort((a, b) => depth(b) - depth(a))[0];
  if (inner === undefined || depth(inner) === 0) return first;
  const told = mostTelling([inner]);
  return { ...told, path: [...(first.path ?? []), ...(told.path ?? [])] } as Issue;
}

function depth({ path }: Issue): number {
  return path?.length ?? 0;
}

interface Fault {
  readonly at: string;
  readonly what: string;
}

function faultOf(issue: Issue, subject: string): Fault {
  const keys = (issue.path ?? []).map(({ key }) => key as PropertyKey);
  if (issue.type === "strict_object" && issue.expected === "never") {
    const what = `has no member "${String(keys.at(-1))}"`;
    return { at: pathOf(keys.slice(0, -1), subject), what };
  }
  return { at: pathOf(keys, subject), what: describe(issue) };
}

function describe(issue: Issue): string {
  const { type, expected, requirement, message, received, input } = issue;
  switch (type) {
    case "strict_object":
      return received === "undefined" ? "must be given" : "must be an object";
    case "picklist":
    case "literal":
    case "variant":
      return `must be one of ${(expected ?? "").replace(/^\(|\)$/g, "").replaceAll(" | ", ", ")}`;
    case "union":
      return "is not of a form that is accepted";
    case "min_length":
    case "min_value":
      return `must be at least ${requirement}${typeof input === "string" ? " characters long" : ""}`;
    case "gt_value":
      return `must be more than ${requirement}`;
    case "max_length":
    case "max_value":
      return `must be at most ${requirement}${typeof input === "string" ? " characters long" : ""}`;
    case "custom":
    case "check":
      return message;
    default:
      return `must be ${article(kinds[type] ?? type)}`;
  }
}

const kinds: Readonly<Record<string, string>> = {
  finite: "number",
  safe_integer: "integer",
  instance: "AbortSignal",
};

function pathOf(keys: readonly PropertyKey[], subject: string): string {
  return keys.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : `${text}.${String(key)}`),
    subject,
  );
}

function article(kind: string): string {
  return /^[aeiou]/i.test(kind) ? `an ${kind}` : `a ${kind}`;
}
