import type { UnlockOptions } from "../secrets/unlock.ts";

/** The flags of a server's address. */
export interface AddressOptions {
  readonly port: number;
  readonly host: string;
}

/** The parsed flags of `acc serve`. */
export interface ServeOptions extends AddressOptions, UnlockOptions {
  readonly allowRemote?: boolean;
  readonly allowHost?: readonly string[];
  readonly allowOrigin?: readonly string[];
  readonly redis?: string;
  readonly maxCalls?: number;
  readonly keepPrompts?: boolean;
  readonly json?: boolean;
}
