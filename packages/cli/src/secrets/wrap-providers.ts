/** The services and the members of each, first those that are required. */
export const wrapMembers = {
  "aws-kms": { needed: ["key"], more: ["region", "endpoint", "timeout"] },
  "vault-transit": {
    needed: ["key", "address", "auth"],
    more: ["namespace", "mount", "timeout"],
  },
} as const;

export type WrapProvider = keyof typeof wrapMembers;

/** The names of the services, as `acc secrets keys add` takes them. */
export const wrapProviders: readonly string[] = Object.keys(wrapMembers);
