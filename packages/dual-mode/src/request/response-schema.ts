import type { JsonSchema, JsonSchemaSource, StandardSchema } from "../contract/request.ts";
import { DualModeError } from "../error.ts";

/** The shape that an answer must have, and its check. */
export interface ResponseSchema {
  readonly jsonSchema: JsonSchema;
  /** Gives the checked value. Throws or rejects where it does not fit. */
  readonly validate: (value: unknown) => unknown;
}

/**
 * One form for every kind of schema that a request may bring.
 * @throws {@link DualModeError} `INVALID_REQUEST` where the library cannot express it as JSON Schema
 */
export function responseSchema(source: JsonSchemaSource | StandardSchema): ResponseSchema {
  if (!("~standard" in source)) return source;
  const standard = source["~standard"];
  try {
    const { $schema: _, ...jsonSchema } =
      standard.jsonSchema?.output({ target: "draft-2020-12" }) ?? {};
    return { jsonSchema, validate: (value) => standardValue(standard.validate(value)) };
  } catch (cause) {
    throw new DualModeError("INVALID_REQUEST", "request.schema cannot be given as JSON Schema.", {
      cause,
    });
  }
}

async function standardValue(
  outcome: ReturnType<StandardSchema["~standard"]["validate"]>,
): Promise<unknown> {
  const result = await outcome;
  if (result.issues === undefined) return result.value;
  throw new TypeError(result.issues.map((issue) => issue.message).join("; "));
}
