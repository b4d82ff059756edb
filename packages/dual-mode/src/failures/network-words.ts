import type { FailureRow } from "./failure-row.ts";

/** A CLI says it in words alone; an API's refusal has a status. */
const unsaid: readonly number[] = [];

/** What a CLI that runs on Node.js says where the network fails: rows for its provider's `failures`. */
export const networkWords: readonly FailureRow[] = [
  { code: "NETWORK", words: "econn", status: unsaid },
  { code: "NETWORK", words: "enotfound", status: unsaid },
  { code: "NETWORK", words: "eai_again", status: unsaid },
  { code: "NETWORK", words: "fetch failed", status: unsaid },
  { code: "NETWORK", words: "socket", status: unsaid },
  { code: "NETWORK", words: "terminated", status: unsaid },
];
