import { isMembers, type Members, textAt, unknownType } from "../body/guards.ts";
import { InvalidBody } from "../body/invalid-body.ts";
import type { WireRequest } from "../wire.ts";

type Format = Pick<WireRequest, "schema" | "schemaName" | "json">;

/** How an answer is to look; `format` holds the schema where the type says that there is one. */
export function answerFormat(format: Members, source: unknown, at: string): Format {
  switch (format.type) {
    case "text":
      return {};
    // Other servers take a schema there (abetlen/llama-cpp-python#1122).
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
  // A name that a vendor would refuse says nothing that an answer depends on.
  const given = name === undefined || name === null ? "" : textAt(name, `${at}.name`);
  const named = /^[\w-]{1,64}$/.test(given) ? { schemaName: given } : {};
  return { ...named, ...answerSchema(schema) };
}

/** The vendor holds the answer to the schema; whoever asked checks it as they would without a server. */
export function answerSchema(jsonSchema: Members): Pick<WireRequest, "schema"> {
  return { schema: { jsonSchema, validate: (value) => value } };
}
