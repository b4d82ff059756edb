import type { JsonSchema, JsonSchemaSource } from "@acc/dual-mode";
import { dereference, Validator } from "@cfworker/json-schema";
import { LineFault } from "./line-fault.ts";

/** The checks that are made of a schema's JSON alone: equal schemas check alike. */
const ofJson = new WeakSet<object>();

/** Whether a function adds nothing to the JSON Schema that it is next to. */
export function isOfJson(check: object): boolean {
  return ofJson.has(check);
}

/** Gives a line's `schema`, a JSON Schema or `{ jsonSchema }`, its check; lines that follow share it. */
export function lineSchemas(): (schema: unknown) => JsonSchemaSource {
  let latest: { readonly text: string; readonly source: JsonSchemaSource } | undefined;
  return (schema) => {
    const text = JSON.stringify(schema);
    if (latest?.text !== text) latest = { text, source: sourceOf(schema) };
    return latest.source;
  };
}

function sourceOf(schema: unknown): JsonSchemaSource {
  const jsonSchema = isObject(schema) && "jsonSchema" in schema ? schema.jsonSchema : schema;
  if (!isObject(jsonSchema)) throw new LineFault("Its schema is not a JSON Schema: an object.");
  const validator = usable(jsonSchema);
  const validate = (value: unknown) => {
    const { valid, errors } = validator.validate(value);
    if (valid) return value;
    throw new TypeError(
      errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`).join("; "),
    );
  };
  ofJson.add(validate);
  return { jsonSchema, validate };
}

const types = new Set(["null", "boolean", "object", "array", "number", "string", "integer"]);

/** What is under another keyword, as OpenAPI's `example`, is a value and no schema. */
const schemaPlace =
  /^(\/(properties|patternProperties|\$defs|definitions|dependentSchemas)\/[^/]*|\/(items|prefixItems|additionalItems|additionalProperties|unevaluatedProperties|unevaluatedItems|contains|contentSchema|propertyNames|not|if|then|else|allOf|anyOf|oneOf)(\/\d+)?)*$/;

function isSchemaAt(place: string): boolean {
  return schemaPlace.test(place.split("#")[1] ?? "");
}

/** What it stumbles over is seen before a call is paid for: a pattern that is none, a `$ref` to nowhere. */
function usable(jsonSchema: JsonSchema): Validator {
  try {
    const all = dereference(jsonSchema);
    for (const [place, each] of Object.entries(all)) {
      if (typeof each === "boolean" || !isSchemaAt(place)) continue;
      const { pattern, type = [], $ref, __absolute_ref__: target } = each;
      if (pattern !== undefined) new RegExp(pattern, "u");
      const wrong = [type].flat().find((name) => !types.has(name));
      if (wrong !== undefined) throw new TypeError(`${wrong} is not a type that JSON Schema has`);
      if (target !== undefined && !(target in all)) throw new TypeError(`${$ref} leads nowhere`);
    }
    const validator = new Validator(jsonSchema, "2020-12", false);
    for (const value of [null, true, 0, "", [], {}]) validator.validate(value);
    return validator;
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    throw new LineFault(`Its schema cannot be used: ${reason}`);
  }
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
