import type { JsonSchema } from "../contract/request.ts";
import { memberPath } from "./member-path.ts";

/** A place in a schema that cannot be sent. */
export interface Place {
  /** The path after `request.schema`: `.list[].when`. */
  readonly path: string;
  /** The library's message. */
  readonly said: string;
}

const mark = "x-cannot-be-sent";

/** Returns the schema with a mark by which it is found again, whatever is built around it. */
export function marked(schema: JsonSchema, said: string): JsonSchema {
  return { ...schema, [mark]: said };
}

/** Returns the innermost mark, because a library may also have marked the schemas around it. */
export function markedPlace(schema: unknown, path = ""): Place | undefined {
  if (!isObject(schema)) return undefined;
  for (const { step, schema: child } of children(schema)) {
    const place = markedPlace(child, path + step);
    if (place !== undefined) return place;
  }
  const said = schema[mark];
  return typeof said === "string" ? { path, said } : undefined;
}

/**
 * Returns the place where a schema's output has another type than its input, because a function
 * converts it.
 */
export function turnedPlace(output: unknown, input: unknown, path = ""): Place | undefined {
  if (!isObject(output) || !isObject(input)) return undefined;
  const made = Object.keys(output).length === 0 ? "value of any kind" : typeOf(output);
  const given = typeOf(input);
  if (made !== undefined && given !== undefined && made !== given) {
    const said = `The schema makes a ${made} of the ${given} that the model would have to give`;
    return { path, said };
  }
  const inputs = new Map(children(input).map((each) => [each.key, each.schema]));
  for (const { key, step, schema } of children(output)) {
    const place = turnedPlace(schema, inputs.get(key), path + step);
    if (place !== undefined) return place;
  }
  return undefined;
}

function typeOf({ type }: JsonSchema): string | undefined {
  if (typeof type !== "string") return undefined;
  return type === "integer" ? "number" : type;
}

/** A schema within a schema. */
interface Child {
  readonly key: string;
  /** The next piece of the path; the members of a union have the same path as the union. */
  readonly step: string;
  readonly schema: unknown;
}

function children(schema: JsonSchema): readonly Child[] {
  const all: Child[] = [
    { key: "items", step: "[]", schema: schema.items },
    { key: "additionalProperties", step: ".*", schema: schema.additionalProperties },
    ...named(schema, "properties", (name) => {
      const step = memberPath([name]);
      return step.startsWith("[") ? step : `.${step}`;
    }),
    ...named(schema, "$defs", () => ""),
    ...listed(schema, "prefixItems", (index) => `[${index}]`),
    ...["anyOf", "oneOf", "allOf"].flatMap((keyword) => listed(schema, keyword, () => "")),
  ];
  return all.filter((each) => isObject(each.schema));
}

function named(schema: JsonSchema, keyword: string, step: (name: string) => string): Child[] {
  const members = schema[keyword];
  return Object.entries(isObject(members) ? members : {}).map(([name, each]) => {
    return { key: `${keyword}.${name}`, step: step(name), schema: each };
  });
}

function listed(schema: JsonSchema, keyword: string, step: (index: number) => string): Child[] {
  const members = schema[keyword];
  return (Array.isArray(members) ? members : []).map((each: unknown, index) => {
    return { key: `${keyword}.${index}`, step: step(index), schema: each };
  });
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
