import { accountFailures } from "./account-failures.ts";
import type { FailureRow } from "./failure-row.ts";
import { limitFailures } from "./limit-failures.ts";
import { requestFailures } from "./request-failures.ts";
import { serverFailures } from "./server-failures.ts";

/**
 * The meanings of refusals by any vendor, and by the servers and routers in between. Rows that
 * blame the credential, its plan or its place come first.
 */
export const commonFailures: readonly FailureRow[] = [
  ...accountFailures,
  ...serverFailures,
  ...limitFailures,
  ...requestFailures,
];
