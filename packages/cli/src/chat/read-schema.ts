import type { JsonSchema, JsonSchemaSource } from "@acc/dual-mode";
import { readTextFile } from "../input/read-text.ts";

/** Reads a JSON Schema from a file, and checks it before a call is paid for. */
export async function readSchema(path: string): Promise<JsonSchemaSource> {
  const { invalidFile, parseJson } = await import("../input/parse-json.ts");
  const { findNodeAtLocation, getNodeValue } = await import("jsonc-parser");
  const { schemaFault } = await import("./schema-fault.ts");
  const text = await readTextFile(path);
  const root = parseJson(text, path);
  if (root.type !== "object") throw invalidFile(text, path, root.offset, "must be an object");
  const fault = schemaFault(getNodeValue(root));
  if (fault) {
    const { offset } = findNodeAtLocation(root, [...fault.place]) ?? root;
    throw invalidFile(text, path, offset, fault.what);
  }
  return await schemaSource(getNodeValue(root));
}

/** A valid JSON Schema, with the function that checks values against it. */
export async function schemaSource(jsonSchema: JsonSchema): Promise<JsonSchemaSource> {
  const { Validator } = await import("@cfworker/json-schema");
  const validator = new Validator(jsonSchema);
  return {
    jsonSchema,
    validate(value) {
      const { valid, errors } = validator.validate(value);
      if (valid) return value;
      throw new TypeError(
        errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`).join("; "),
      );
    },
  };
}
