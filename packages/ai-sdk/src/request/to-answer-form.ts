import type { ChatRequest, JsonSchema } from "@acc/dual-mode";
import type { ResponseFormat } from "../contract/call-options.ts";
import { defined } from "../defined.ts";

type AnswerForm = Pick<ChatRequest, "schema" | "schemaName" | "json">;

/** Longest name of a schema, in characters. */
const longestName = 64;

/**
 * Converts the required format of an answer. If an answer does not fit the JSON Schema, the engine
 * retries; it is never cached, and a cached one that does not fit is not used.
 */
export function toAnswerForm(format: ResponseFormat | undefined): AnswerForm {
  if (format?.type !== "json") return {};
  const { schema, name, description } = format;
  if (schema === undefined) return { json: true };
  const { $schema: _, ...rest } = schema as JsonSchema;
  const jsonSchema: JsonSchema = { ...defined({ description }), ...rest };
  const validate = async (value: unknown) => {
    const { fitting } = await import("../schema/fitting.ts");
    return fitting(value, jsonSchema);
  };
  const schemaName = name?.replace(/[^\w-]+/g, "_").slice(0, longestName) || undefined;
  return { schema: { jsonSchema, validate }, ...defined({ schemaName }) };
}
