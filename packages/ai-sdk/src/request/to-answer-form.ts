import type { ChatRequest, JsonSchema } from "@acc/dual-mode";
import type { ResponseFormat } from "../contract/call-options.ts";
import { defined } from "../defined.ts";

type AnswerForm = Pick<ChatRequest, "schema" | "schemaName" | "json">;

/** Letters of a schema's name. */
const longestName = 64;

/**
 * The form that the answer is to have. What does not fit its JSON Schema is asked again by the
 * engine, is never kept, and where it was kept is not taken.
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
