import { isMembers, type Members, textAt, unknownType } from "../body/guards.ts";
import { InvalidBody } from "../body/invalid-body.ts";
import type { WireRequest } from "../wire.ts";

type Format = Pick<WireRequest, "schema" | "schemaName" | "json">;

/**
 * Reads the form of an answer. The schema of the type `json_schema` is in `source`, or else in
 * `format`.
 */
export function answerFormat(format: Members, source: unknown, at: string): Format {
  switch (format.type) {
    case "text":
      return {};
    // Other servers accept a schema here (abetlen/llama-cpp-python#1122).
    case "json_object":
      return isMembers(format.schema) ? schemaFormat(format, at) : { json: true };
    case "json_schema":
      return schemaFormat(isMembers(source) ? source : format, at);
    default:
      throw unknownType(format.type, at, ["text", "json_object", "json_schema"]);
  }
}

function schemaFormat(source: unknown, at: string): Format {
  const { schema, name } = isMembers(source) ? source : {};
  if (!isMembers(schema)) {
    throw new InvalidBody(`${at} has no schema that is an object.`, at);
  }
  // A name that a vendor would refuse is left out: the answer does not depend on it.
  const given = name === undefined || name === null ? "" : textAt(name, `${at}.name`);
  const named = /^[\w-]{1,64}$/.test(given) ? { schemaName: given } : {};
  return { ...named, ...answerSchema(schema) };
}

/**
 * The vendor enforces the schema; the caller validates the answer, as it would without this server.
 */
export function answerSchema(jsonSchema: Members): Pick<WireRequest, "schema"> {
  return { schema: { jsonSchema, validate: (value) => value } };
}
