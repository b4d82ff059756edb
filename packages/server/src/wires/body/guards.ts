import { InvalidBody } from "./invalid-body.ts";

/** A JSON object. */
export type Members = Readonly<Record<string, unknown>>;

export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws {@link InvalidBody} */
export function membersAt(value: unknown, at: string): Members {
  if (!isMembers(value)) throw new InvalidBody(`${at} must be an object.`, at);
  return value;
}

/** @throws {@link InvalidBody} */
export function textAt(value: unknown, at: string): string {
  if (typeof value !== "string") throw new InvalidBody(`${at} must be a string.`, at);
  return value;
}

/** @throws {@link InvalidBody} */
export function listAt(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new InvalidBody(`${at} must be an array.`, at);
  return value;
}

/** Removes the members that are null or undefined: programs write null for what they omit. */
export function present<T extends object>(members: T): Present<T> {
  const all: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined && value !== null) all[name] = value;
  }
  return all as Present<T>;
}

type Present<T> = { [Name in keyof T]?: NonNullable<T[Name]> };

/** Makes the error for a `type` that a wire does not know. */
export function unknownType(type: unknown, at: string, known: readonly string[]): InvalidBody {
  const named = typeof type === "string" ? JSON.stringify(type) : "missing";
  return new InvalidBody(
    `${at}.type is ${named}: this server takes ${known.map((each) => JSON.stringify(each)).join(", ")}.`,
    `${at}.type`,
  );
}
