import type { JsonSchema, JsonSchemaSource } from "@acc/dual-mode";
import { dereference, Validator } from "@cfworker/json-schema";
import { LineFault } from "./line-fault.ts";

/** Validators made only from a schema's JSON, so that equal schemas validate alike. */
const ofJson = new WeakSet<object>();

/** Whether a validator adds nothing to the JSON Schema that it belongs to. */
export function isOfJson(check: object): boolean {
  return ofJson.has(check);
}

/**
 * Makes a function that adds a validator to a line's `schema`, which is a JSON Schema or `{
 * jsonSchema }`. Consecutive lines with the same schema share one.
 */
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

/**
 * Places of schemas. Under any other keyword, such as OpenAPI's `example`, there is a value and not
 * a schema.
 */
const schemaPlace =
  /^(\/(properties|patternProperties|\$defs|definitions|dependentSchemas)\/[^/]*|\/(items|prefixItems|additionalItems|additionalProperties|unevaluatedProperties|unevaluatedItems|contains|contentSchema|propertyNames|not|if|then|else|allOf|anyOf|oneOf)(\/\d+)?)*$/;

function isSchemaAt(place: string): boolean {
  return schemaPlace.test(place.split("#")[1] ?? "");
}

/**
 * Finds what is wrong with a schema before a call is paid for, such as an invalid pattern or a
 * `$ref` to nowhere.
 */
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
