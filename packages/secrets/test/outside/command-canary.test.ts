import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { openSecrets } from "../../src/index.ts";
import { createCommandStore } from "../../src/outside/command.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { temporaryProgram } from "./temporary-program.ts";

const canary = "sk-canary-Zq7w9x2k";

test("a secret that a program printed stands in no argv, error, warning or print", async () => {
  const log = join(temporaryFolder(), "argv");
  const program = temporaryProgram(`
    const { appendFileSync, existsSync } = require("node:fs");
    const log = ${JSON.stringify(log)};
    const again = existsSync(log);
    appendFileSync(log, JSON.stringify([process.argv, process.env]) + "\\n");
    process.stdout.write("${canary}");
    if (again) {
      console.error("fault of ${canary}");
      process.exitCode = 3;
    }
  `);
  const clock = { time: 1_000_000 };
  const prints: string[] = [];
  const store = createCommandStore({
    command: [program, "{}"],
    names: { canary_api_key: "canary" },
    now: () => clock.time,
    onWarning: (warning) => prints.push(inspect(warning)),
  });
  await using secrets = await openSecrets({ store, env: {} });
  const secret = await secrets.get("canary_api_key");
  expect(secret?.reveal()).toBe(canary);
  clock.time += 120_000;
  expect((await secrets.get("canary_api_key"))?.stale).toBe(true);
  clock.time += 7_200_000;
  const error = await secrets.get("canary_api_key").catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "STORE_REFUSED" });
  prints.push(inspect(error, { depth: 9, showHidden: true }), JSON.stringify(secret));
  prints.push(inspect([secret, store, secrets], { depth: 12, showHidden: true }));
  expect(prints.length).toBeGreaterThan(3);
  expect(prints.join("\n")).toContain("fault of [redacted]");
  const argv = readFileSync(log, "utf8");
  expect(argv.split("\n").length).toBeGreaterThanOrEqual(3);
  expect([...prints, argv].join("\n")).not.toContain(canary);
});
