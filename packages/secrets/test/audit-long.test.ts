import { appendFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openSecrets } from "../src/index.ts";
import { audited } from "./audited-store.ts";

test("a million forged lines are told within bounds of time and of the report", async () => {
  const { path, secrets } = await audited();
  appendFileSync(path, '{"seq":9,"mac":"x","prev":"y"}\n'.repeat(300_000));
  const begun = performance.now();
  const report = await secrets.verifyAudit();
  expect(report.lines).toBe(300_004);
  expect([report.problems.length, report.unlisted]).toEqual([1_000, 299_000]);
  expect(performance.now() - begun).toBeLessThan(15_000);
}, 40_000);

test("nobody waits for a check of a long audit", async () => {
  const { directory, path, secrets } = await audited();
  appendFileSync(path, '{"seq":9,"mac":"x","prev":"y"}\n'.repeat(200_000));
  const checking = secrets.verifyAudit();
  await new Promise((resolve) => setTimeout(resolve, 20));
  await using other = await openSecrets({ directory, env: {}, lockTimeout: 500 });
  await other.set("second_api_key", "second-value-0002");
  expect((await checking).lines).toBeGreaterThanOrEqual(200_004);
});
