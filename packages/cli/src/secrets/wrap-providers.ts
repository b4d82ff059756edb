/** The services, and the members of each; those that must be there come first. */
export const wrapMembers = {
  "aws-kms": { needed: ["key"], more: ["region", "endpoint", "timeout"] },
  "vault-transit": {
    needed: ["key", "address", "auth"],
    more: ["namespace", "mount", "timeout"],
  },
} as const;

export type WrapProvider = keyof typeof wrapMembers;

/** Their words, as `acc secrets keys add` takes them. */
export const wrapProviders: readonly string[] = Object.keys(wrapMembers);
