import type {
  JsonSchema,
  JsonSchemaSource,
  StandardIssue,
  StandardSchema,
} from "../contract/request.ts";
import { memberPath } from "./member-path.ts";
import { sendableSchema } from "./sendable-schema.ts";

/** The JSON Schema of an answer, and its check. */
export interface ResponseSchema {
  readonly jsonSchema: JsonSchema;
  /** Returns the checked value. Throws or rejects if it does not fit. */
  readonly validate: (value: unknown) => unknown;
}

/** A schema is usually created once and used often. */
const known = new WeakMap<StandardSchema, ResponseSchema>();

/** For an answer that is JSON without a schema. */
export const anyJson: ResponseSchema = { jsonSchema: {}, validate: (value) => value };

/**
 * Converts every kind of schema that a request may have into one form.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` for a schema whose values JSON cannot hold,
 * naming the member
 */
export function responseSchema(source: JsonSchemaSource | StandardSchema): ResponseSchema {
  if (!("~standard" in source)) return source;
  const found = known.get(source);
  if (found !== undefined) return found;
  const made = {
    jsonSchema: sendableSchema(source),
    validate: (value: unknown) => standardValue(source["~standard"].validate(value)),
  };
  known.set(source, made);
  return made;
}

async function standardValue(
  outcome: ReturnType<StandardSchema["~standard"]["validate"]>,
): Promise<unknown> {
  const result = await outcome;
  if (result.issues === undefined) return result.value;
  throw new TypeError(result.issues.slice(0, mostIssues).map(told).join("; "));
}

const mostIssues = 10;

/** Returns an issue's message with its path; some libraries add the path themselves. */
function told({ message, path = [] }: StandardIssue): string {
  const at = memberPath(path.map((each) => (typeof each === "object" ? each.key : each)));
  return at === "" || message.startsWith(at) ? message : `${at}: ${message}`;
}
