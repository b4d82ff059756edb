import type * as z from "zod/mini";
import { InvalidBody } from "./invalid-body.ts";

/**
 * Checks a body against its schema, and returns the body itself: a copy could take megabytes.
 * @throws {@link InvalidBody} naming the first member that does not fit
 */
export function checkBody<Body>(schema: z.ZodMiniType, body: unknown): Body {
  const issue = schema.safeParse(body).error?.issues[0];
  if (issue === undefined) return body as Body;
  const at = pathOf(issue.path);
  throw new InvalidBody(`${at || "The body"} ${told(issue)}.`, at || undefined);
}

function told(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${/^[aeiou]/.test(issue.expected) ? "an" : "a"} ${issue.expected}`;
    case "invalid_value":
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "too_small":
      return issue.origin === "array" || issue.origin === "string"
        ? "must not be empty"
        : `must be at least ${issue.minimum}`;
    case "custom":
      return issue.message;
    default:
      return "has a form that is not accepted";
  }
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, each) => {
    if (typeof each === "number") return `${text}[${each}]`;
    return text === "" ? String(each) : `${text}.${String(each)}`;
  }, "");
}
