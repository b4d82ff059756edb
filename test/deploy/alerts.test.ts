import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { alertRules, deployFolder } from "./deployment.ts";

const rules = join(deployFolder, "prometheus/rules.yml");
const promtool = (...args: readonly string[]) => spawnSync("promtool", args, { encoding: "utf8" });
const hasPromtool = promtool("--version").error === undefined;

/** Whether Prometheus fires it after so many minutes of these series. */
function fires(alert: string, minutes: number, series: Readonly<Record<string, string>>): boolean {
  const folder = mkdtempSync(join(tmpdir(), "acc-alerts-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const none = { eval_time: `${minutes}m`, alertname: alert, exp_alerts: [] };
  const input = Object.entries(series).map(([name, values]) => ({ series: name, values }));
  const rounds = [{ interval: "1m", input_series: input, alert_rule_test: [none] }];
  const path = join(folder, "test.json");
  writeFileSync(path, JSON.stringify({ rule_files: [rules], tests: rounds }));
  const { status, stdout, stderr } = promtool("test", "rules", path);
  if (status === 0) return false;
  // It tells each alert that was not to be.
  expect(stdout + stderr).toContain(`alertname="${alert}"`);
  return true;
}

test("there is an alert for a server that is away, one without Redis, and calls that fail", () => {
  expect(alertRules().map(({ alert }) => alert)).toEqual([
    "AccDown",
    "AccRedisAway",
    "AccCallsFail",
  ]);
});

test.runIf(hasPromtool).each([
  ["AccRedisAway", { 'acc_shared_away{instance="a"}': "1x10" }, true],
  ["AccRedisAway", { 'acc_shared_away{instance="a"}': "0x10" }, false],
  ["AccDown", { 'up{job="acc",instance="a"}': "0x10" }, true],
  ["AccDown", { 'up{job="acc",instance="a"}': "1x10" }, false],
  ["AccCallsFail", { 'acc_calls_total{provider="p",outcome="failed"}': "0+9x30" }, true],
  [
    "AccCallsFail",
    {
      'acc_calls_total{provider="p",outcome="failed"}': "0+1x30",
      'acc_calls_total{provider="p",outcome="answered"}': "0+9x30",
    },
    false,
  ],
])("Prometheus fires %s of %j: %s", (alert, series, expected) => {
  expect(promtool("check", "rules", rules).status).toBe(0);
  expect(fires(alert, alert === "AccCallsFail" ? 25 : 8, series)).toBe(expected);
});
