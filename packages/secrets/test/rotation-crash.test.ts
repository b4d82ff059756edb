import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openSecrets, type RotationPlan } from "../src/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const program = fileURLToPath(new URL("./fixtures/programs/rotate.mjs", import.meta.url));

test.each([
  { step: "create", current: 1, steps: ["create", "test vendor-value-3", "revoke vendor-value-1"] },
  {
    step: "test",
    current: 1,
    steps: ["resume 2 false", "test vendor-value-2", "revoke vendor-value-1"],
  },
  { step: "revoke", current: 2, steps: ["resume 2 true", "revoke vendor-value-1"] },
])("killed in $step, a rotation goes on from there", async ({ step, current, steps }) => {
  const directory = join(temporaryFolder(), "store");
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("vendor_api_key", "vendor-value-1");
  expect(spawnSync(process.execPath, [program, directory, step]).signal).toBe("SIGKILL");
  await secrets.refresh();
  expect((await secrets.get("vendor_api_key"))?.version).toBe(current);

  const calls: string[] = [];
  const plan: RotationPlan = {
    overlap: 0,
    create: async () => {
      calls.push("create");
      return "vendor-value-3";
    },
    onResume: async ({ secret, isCurrent }) => calls.push(`resume ${secret.version} ${isCurrent}`),
    test: async (secret) => calls.push(`test ${secret.reveal()}`),
    revoke: async (secret) => calls.push(`revoke ${secret.reveal()}`),
  };
  const report = await secrets.rotateDue({ vendor_api_key: plan });
  expect(report.rotated.map(({ version, revoked }) => [version, revoked])).toEqual([[2, [1]]]);
  expect(calls).toEqual(steps);
  expect(await secrets.getAll("vendor_api_key")).toHaveLength(1);
  expect((await secrets.verifyAudit()).problems).toEqual([]);
});
