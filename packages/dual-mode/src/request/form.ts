import type * as z from "zod/mini";

/** What one value is checked against. */
export type Shape = z.ZodMiniType | Form;

/** The shape of a member, which may depend on the value that is there; undefined for one that fits. */
export type Member = (value: unknown) => Shape | undefined;

/**
 * An object that has no members but these. Undefined is absent. A member's shape is made when a
 * value first has it: to make all of them takes a cold process 5 ms.
 */
export interface Form {
  readonly members: Readonly<Record<string, Member>>;
  readonly required?: readonly string[];
}

export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The shape of a member whose usual values are seen to fit without it. */
export function unless(fits: (value: unknown) => boolean, shape: Member): Member {
  return (value) => (fits(value) ? undefined : shape(value));
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}
