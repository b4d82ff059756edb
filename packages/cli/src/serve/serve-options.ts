import type { UnlockOptions } from "../secrets/unlock.ts";

/** Where a server is: the flags that name its address. */
export interface AddressOptions {
  readonly port: number;
  readonly host: string;
}

/** The flags of `acc serve`, as they were parsed. */
export interface ServeOptions extends AddressOptions, UnlockOptions {
  readonly allowRemote?: boolean;
  readonly allowHost?: readonly string[];
  readonly allowOrigin?: readonly string[];
  readonly redis?: string;
  readonly maxCalls?: number;
  readonly keepPrompts?: boolean;
  readonly json?: boolean;
}
