import type * as z from "zod/mini";

/** What a value is checked against. */
export interface Form {
  readonly schema: z.ZodMiniType;
  /** The members of an object, for messages. */
  readonly names: readonly string[];
}

/** Made when something is first checked against it: to make all of them at import takes 5 ms. */
export function form(make: () => z.ZodMiniType): Form {
  const schema = once(make);
  return {
    get schema() {
      return schema();
    },
    get names() {
      const made = schema();
      return "shape" in made ? Object.keys(made.shape as object) : [];
    },
  };
}

export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
