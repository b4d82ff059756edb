import { join } from "node:path";
import { openSecrets, type RotationPlan } from "../src/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export const hour = 3_600_000;

export const open = async () => {
  const clock = { now: Date.UTC(2026, 0, 1) };
  const directory = join(temporaryFolder(), "store");
  const secrets = await openSecrets({ directory, env: {}, now: () => clock.now });
  await secrets.set("vendor_api_key", "vendor-value-1", { rotateAfter: 24 * hour });
  return { clock, secrets, directory };
};

export const plan = (calls: string[], more: Partial<RotationPlan> = {}): RotationPlan => ({
  create: async ({ current }) => {
    calls.push(`create after ${current?.version}`);
    return `vendor-value-${(current?.version ?? 0) + 1}`;
  },
  test: async (secret) => calls.push(`test ${secret.reveal()}`),
  revoke: async (secret) => calls.push(`revoke ${secret.reveal()}`),
  overlap: hour,
  ...more,
});
