import type * as z from "zod/mini";

/** What one value is checked against. */
export type Shape = z.ZodMiniType | Form;

/** The shape of a member, which may depend on the value that is there. */
export type Member = (value: unknown) => Shape;

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
