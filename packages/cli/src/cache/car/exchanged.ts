import type { CID } from "multiformats/cid";

/** An answer as it goes from one cache to another. */
export interface Exchanged {
  /** The CID of its request, under which a cache keeps it. */
  readonly cid: string;
  readonly namespace?: string;
  readonly tenant?: string;
  /** If known: what the CID is computed from, without the version of the key. */
  readonly request?: unknown;
  readonly response: unknown;
}

/** The first block of a file. */
export interface Contents {
  readonly format: "acc-answers";
  readonly version: 1;
  readonly answers: readonly {
    /** The block of a request is in the file only if its cache knew the request. */
    readonly request: CID;
    readonly response: CID;
    readonly namespace?: string;
    readonly tenant?: string;
  }[];
}
