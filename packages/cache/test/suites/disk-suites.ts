import type { Ground, TestFunction } from "../support/ground.ts";
import { faultsSuite } from "./faults-suite.ts";
import { formatsSuite } from "./formats-suite.ts";
import { freshnessSuite } from "./freshness-suite.ts";
import { secrecySuite } from "./secrecy-suite.ts";
import { sharingSuite } from "./sharing-suite.ts";
import { valuesSuite } from "./values-suite.ts";

/** What must hold on every disk store, beside what the invalidation suite says. */
export function diskSuites(test: TestFunction, ground: Ground): void {
  valuesSuite(test, ground);
  freshnessSuite(test, ground);
  secrecySuite(test, ground);
  faultsSuite(test, ground);
  sharingSuite(test, ground);
  formatsSuite(test, ground);
}
