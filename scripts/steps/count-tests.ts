import { readFileSync } from "node:fs";

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What a step counts for: the tests of its report, or itself as one. */
export function countStep(succeeded: boolean, report: string | undefined): Count {
  if (report === undefined) return one(succeeded);
  const count = countTests(readReport(report));
  if (count.passed + count.failed === 0) return { ...count, failed: 1 };
  return succeeded || count.failed > 0 ? count : { ...count, failed: 1 };
}

/** The tests of a JSON report of vitest; a file that did not load counts as one that failed. */
export function countTests(report: unknown): Count {
  const { testResults = [] } = (report ?? {}) as { testResults?: readonly TestFile[] };
  const states = testResults.flatMap(({ status, assertionResults }) =>
    status === "failed" && !assertionResults.some((test) => test.status === "failed")
      ? [...assertionResults, { status }]
      : assertionResults,
  );
  const having = (wanted: string) => states.filter(({ status }) => status === wanted).length;
  const passed = having("passed");
  const failed = having("failed");
  return { passed, failed, skipped: states.length - passed - failed };
}

interface TestFile {
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

function one(succeeded: boolean): Count {
  return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
}

function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
