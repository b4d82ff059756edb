import type * as z from "zod/mini";

/** The form or schema against which a value is checked. */
export type Shape = z.ZodMiniType | Form;

/**
 * Returns the shape of a member, which may depend on its value; undefined for a value that fits.
 */
export type Member = (value: unknown) => Shape | undefined;

/**
 * An object that may have only these members. Undefined counts as absent. The schema of a member is
 * built when a value first has it: building all of them costs a new process 5 ms.
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

/** Returns a member whose usual values are recognized without building its schema. */
export function unless(fits: (value: unknown) => boolean, shape: Member): Member {
  return (value) => (fits(value) ? undefined : shape(value));
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}
