import {
  dereference,
  type Schema,
  schemaArrayKeyword,
  schemaKeyword,
  schemaMapKeyword,
  Validator,
} from "@cfworker/json-schema";
import { nearest } from "../input/nearest.ts";

/** What is wrong with a schema, and the path of members that leads there. */
export interface SchemaFault {
  readonly place: readonly (string | number)[];
  readonly what: string;
}

type Place = SchemaFault["place"];
type Known = ReturnType<typeof dereference>;

const types = ["null", "boolean", "object", "array", "number", "string", "integer"];

/** The first fault that can be found without an answer. */
export function schemaFault(schema: Schema): SchemaFault | undefined {
  let known: Known;
  try {
    known = dereference(schema);
  } catch (error) {
    return unusable(error);
  }
  return faultIn(schema, [], known) ?? trialFault(schema);
}

function faultIn(schema: unknown, place: Place, known: Known): SchemaFault | undefined {
  if (!isObject(schema)) return undefined;
  const own =
    typeFault(schema, place) ?? patternFault(schema, place) ?? refFault(schema, place, known);
  if (own) return own;
  for (const [member, value] of subschemas(schema)) {
    const fault = faultIn(value, [...place, ...member], known);
    if (fault) return fault;
  }
  return undefined;
}

function typeFault({ type }: Schema, place: Place): SchemaFault | undefined {
  if (type === undefined) return undefined;
  const named: readonly unknown[] = Array.isArray(type) ? type : [type];
  const wrong = named.find((each) => !types.includes(String(each)));
  if (wrong === undefined && named.length > 0) return undefined;
  const meant = nearest(String(wrong), types);
  const what = `${JSON.stringify(wrong ?? type)} is not a type that JSON Schema has`;
  const hint = meant === undefined ? `: they are ${types.join(", ")}` : `; ${meant} is`;
  return { place: [...place, "type"], what: what + hint };
}

/** Patterns are JavaScript regular expressions with the flag u. */
function patternFault(
  { pattern, patternProperties }: Schema,
  place: Place,
): SchemaFault | undefined {
  const named = Object.keys(isObject(patternProperties) ? patternProperties : {});
  const patterns = [
    ...(typeof pattern === "string" ? [{ text: pattern, member: ["pattern"] }] : []),
    ...named.map((text) => ({ text, member: ["patternProperties", text] })),
  ];
  const wrong = patterns.find(({ text }) => !isPattern(text));
  if (wrong === undefined) return undefined;
  const what = `${JSON.stringify(wrong.text)} is not a regular expression`;
  return { place: [...place, ...wrong.member], what };
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, "u");
    return true;
  } catch {
    return false;
  }
}

/** The absolute form of a reference is set by `dereference`. */
function refFault(schema: Schema, place: Place, known: Known): SchemaFault | undefined {
  const { $ref, __absolute_ref__: absolute } = schema;
  if ($ref === undefined || known[absolute || $ref] !== undefined) return undefined;
  return { place: [...place, "$ref"], what: `the $ref ${JSON.stringify($ref)} leads nowhere` };
}

/** The schemas within a schema, each with the path of members that leads to it. */
function subschemas(schema: Schema): readonly (readonly [Place, unknown])[] {
  return Object.entries(schema).flatMap(([key, value]): (readonly [Place, unknown])[] => {
    if (Array.isArray(value)) {
      return schemaArrayKeyword[key] ? value.map((each, index) => [[key, index], each]) : [];
    }
    if (schemaMapKeyword[key] || key === "dependencies") {
      return isObject(value)
        ? Object.entries(value).map(([name, each]) => [[key, name], each])
        : [];
    }
    return schemaKeyword[key] ? [[[key], value]] : [];
  });
}

/** What makes the validator itself fail, such as an invalid pattern or a cycle of `$ref`. */
function trialFault(schema: Schema): SchemaFault | undefined {
  const validator = new Validator(schema);
  try {
    for (const value of [null, true, 0, "", [], {}]) validator.validate(value);
    return undefined;
  } catch (error) {
    return unusable(error);
  }
}

function unusable(error: unknown): SchemaFault {
  const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
  return { place: [], what: `the schema cannot be used: ${reason}` };
}

function isObject(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
