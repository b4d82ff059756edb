/** What the server that is stressed is started with. */
export interface ServerSettings {
  readonly folder: string;
  readonly port: number;
  readonly vendor: string;
  readonly ownerToken: string;
}

/** US dollars for a million tokens. */
export const price = { input: 10, output: 50 } as const;
export const prices = { m: price } as const;

/** Tokens of output that calls of the stress name, where they name any. */
export const maxOutputTokens = 200;
