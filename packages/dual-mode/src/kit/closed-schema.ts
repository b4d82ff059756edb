import type { JsonSchema } from "../contract/request.ts";
import { DualModeError } from "../error.ts";
import { isMembers } from "../foreign/guards.ts";

/** How strict a vendor is with the schemas that it enforces. */
export interface SchemaRules {
  /** Names the strict side for the error message. */
  readonly who: string;
  /** The path of the schema in the request: "request.tools[0].inputSchema". */
  readonly at: string;
  /**
   * Whether every property must be required.
   *
   * @default false
   */
  readonly everyRequired?: boolean;
}

const lists = ["anyOf", "oneOf", "allOf", "prefixItems"];
const maps = ["properties", "$defs", "definitions", "patternProperties", "dependentSchemas"];
const single = ["items", "contains", "not", "if", "then", "else"];

/**
 * Returns the schema with each of its objects closed. A value that fits it also fits the given
 * schema. Vendors enforce only closed schemas.
 *
 * @throws {@link DualModeError} `UNSUPPORTED_FEATURE` if an object explicitly allows other
 * properties
 */
export function closedSchema(schema: JsonSchema, rules: SchemaRules): JsonSchema {
  const inner = Object.entries(schema).map(([name, value]) => [name, closed(name, value, rules)]);
  const copy: JsonSchema = Object.fromEntries(inner);
  if (!describesObject(schema)) return copy;
  const { additionalProperties = false } = schema;
  if (additionalProperties !== false) {
    throw tooOpen(rules, "has other properties than those it names", "Name them all.");
  }
  if (rules.everyRequired) checkRequired(schema, rules);
  return { ...copy, additionalProperties };
}

function closed(name: string, value: unknown, rules: SchemaRules): unknown {
  const at = `${rules.at}.${name}`;
  const inner = (each: unknown, place: string) =>
    isMembers(each) ? closedSchema(each, { ...rules, at: `${at}${place}` }) : each;
  if (single.includes(name)) return inner(value, "");
  if (lists.includes(name) && Array.isArray(value)) {
    return value.map((each, index) => inner(each, `[${index}]`));
  }
  if (!maps.includes(name) || !isMembers(value)) return value;
  const named = Object.entries(value).map(([key, each]) => [key, inner(each, `.${key}`)]);
  return Object.fromEntries(named);
}

function describesObject({ type, properties }: JsonSchema): boolean {
  if (type === undefined) return properties !== undefined;
  return type === "object" || (Array.isArray(type) && type.includes("object"));
}

function checkRequired({ properties, required }: JsonSchema, rules: SchemaRules): void {
  const listed: readonly unknown[] = Array.isArray(required) ? required : [];
  const left = Object.keys(properties ?? {}).find((name) => !listed.includes(name));
  if (left === undefined) return;
  throw tooOpen(rules, `may be without "${left}"`, "Require it, and let its type be null too.");
}

function tooOpen({ who, at }: SchemaRules, what: string, fix: string): DualModeError {
  const message = `${at} ${what}: ${who} cannot enforce such a schema.`;
  return new DualModeError("UNSUPPORTED_FEATURE", message, { fix });
}
