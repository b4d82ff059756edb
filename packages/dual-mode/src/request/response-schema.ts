import type {
  JsonSchema,
  JsonSchemaSource,
  StandardIssue,
  StandardSchema,
} from "../contract/request.ts";
import { memberPath } from "./member-path.ts";
import { sendableSchema } from "./sendable-schema.ts";

/** The shape that an answer must have, and its check. */
export interface ResponseSchema {
  readonly jsonSchema: JsonSchema;
  /** Gives the checked value. Throws or rejects where it does not fit. */
  readonly validate: (value: unknown) => unknown;
}

/** A schema is made once and asked for often. */
const known = new WeakMap<StandardSchema, ResponseSchema>();

/** Of an answer that is JSON of no given shape. */
export const anyJson: ResponseSchema = { jsonSchema: {}, validate: (value) => value };

/**
 * One form for every kind of schema that a request may bring.
 * @throws {@link DualModeError} `INVALID_REQUEST` where JSON cannot hold what it describes, naming the member
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

/** Some libraries begin with the path by themselves. */
function told({ message, path = [] }: StandardIssue): string {
  const at = memberPath(path.map((each) => (typeof each === "object" ? each.key : each)));
  return at === "" || message.startsWith(at) ? message : `${at}: ${message}`;
}
