type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/**
 * Removes members that are undefined, which the AI SDK passes for options that an app did not set.
 */
export function defined<T extends object>(members: T): Defined<T> {
  const given: Record<string, unknown> = {};
  for (const name in members) if (members[name] !== undefined) given[name] = members[name];
  return given as Defined<T>;
}
