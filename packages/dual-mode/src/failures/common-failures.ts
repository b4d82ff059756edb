import { accountFailures } from "./account-failures.ts";
import type { FailureRow } from "./failure-row.ts";
import { limitFailures } from "./limit-failures.ts";
import { requestFailures } from "./request-failures.ts";
import { serverFailures } from "./server-failures.ts";

/**
 * What refusals mean at any vendor, and at the servers and routers between: what blames the credential, its plan or its place goes before the rest.
 */
export const commonFailures: readonly FailureRow[] = [
  ...accountFailures,
  ...serverFailures,
  ...limitFailures,
  ...requestFailures,
];
