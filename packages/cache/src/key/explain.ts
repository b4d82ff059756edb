import { MAX_DEPTH } from "./limits.ts";
import { isPlainObject } from "./plain-object.ts";
import { isWellFormed } from "./well-formed.ts";

export interface Obstacle {
  readonly path: string;
  readonly reason: string;
}

/** Finds the first place in a value that has no canonical form. */
export function explain(
  value: unknown,
  path: string,
  ignored: ReadonlySet<string> = new Set(),
  ancestors: readonly object[] = [],
): Obstacle | undefined {
  const reason = obstacle(value, ancestors);
  if (reason !== undefined) return { path, reason };
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return undefined;
  const within = [...ancestors, value];
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const found = explain(value[index], `${path}[${index}]`, undefined, within);
      if (found) return found;
    }
    return undefined;
  }
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined || ignored.has(name)) continue;
    const place = path + step(name);
    if (!isWellFormed(name)) return { path: place, reason: "has a lone surrogate in its name" };
    const found = explain(member, place, undefined, within);
    if (found) return found;
  }
  return undefined;
}

function obstacle(value: unknown, ancestors: readonly object[]): string | undefined {
  switch (typeof value) {
    case "string":
      return isWellFormed(value) ? undefined : "holds a lone surrogate";
    case "number":
      return Number.isFinite(value) ? undefined : `is ${value}`;
    case "boolean":
      return undefined;
    case "undefined":
      return "is undefined";
    case "object":
      return value === null ? undefined : objectObstacle(value, ancestors);
    case "bigint":
      return "is a BigInt";
    default:
      return `is a ${typeof value}`;
  }
}

function objectObstacle(value: object, ancestors: readonly object[]): string | undefined {
  if (ancestors.includes(value)) return "is a cycle: it contains itself";
  if (Array.isArray(value) || isPlainObject(value)) {
    return ancestors.length > MAX_DEPTH ? `lies deeper than ${MAX_DEPTH} levels` : undefined;
  }
  if (value instanceof Uint8Array) return undefined;
  const name = Object.prototype.toString.call(value).slice(8, -1);
  return name === "Object" ? "is an instance of a class" : `is a ${name}`;
}

function step(name: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(name)) return `.${name}`;
  return `[${JSON.stringify(name)}]`;
}
