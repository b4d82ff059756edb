import { isMembers, type JsonSchema } from "@acc/dual-mode/provider";

/** Keywords whose members are schemas, and keywords that contain a schema or a list of schemas. */
const tables = ["properties", "$defs", "definitions"];
const places = ["items", "anyOf", "oneOf", "allOf", "prefixItems", "not", "additionalProperties"];
/**
 * Keywords that are refused together with `strict`.
 * https://platform.openai.com/docs/guides/structured-outputs
 */
const unsupported = ["oneOf", "allOf", "not", "if", "patternProperties", "dependentRequired"];

/**
 * Whether OpenAI can enforce a schema: each object must be closed and require all its members.
 * Another schema only guides the answer, which is then checked here.
 */
export function isStrictSchema(schema: JsonSchema): boolean {
  return schema.type === "object" && isStrict(schema);
}

function isStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict);
  if (!isMembers(schema)) return typeof schema !== "boolean" || schema === false;
  if (unsupported.some((keyword) => Object.hasOwn(schema, keyword))) return false;
  if (isObjectSchema(schema) && !isClosed(schema)) return false;
  const nested = tables.flatMap((name) => Object.values(Object(schema[name])));
  return [...nested, ...places.map((name) => schema[name])].every(
    (each) => each === undefined || isStrict(each),
  );
}

function isObjectSchema({ type, properties }: JsonSchema): boolean {
  return (
    type === "object" ||
    properties !== undefined ||
    (Array.isArray(type) && type.includes("object"))
  );
}

function isClosed({ additionalProperties, properties, required }: JsonSchema): boolean {
  const names = Object.keys(Object(properties));
  const wanted: unknown = required ?? [];
  return (
    additionalProperties === false &&
    Array.isArray(wanted) &&
    names.every((name) => wanted.includes(name))
  );
}
