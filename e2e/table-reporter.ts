import type { Reporter, TestModule } from "vitest/node";
import { printed, type Row } from "./test/table.ts";

/** Prints what each test did at each target, what the provider said to it, and our code. */
export class TableReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules
      .flatMap((module) => [...module.children.allTests()])
      .map((test) => test.meta().row)
      .filter((row): row is Row => row !== undefined);
    process.stdout.write(`${printed(rows)}\n`);
  }
}
