import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { auditPath, openSecrets, secretsPath } from "../src/index.ts";
import { built, isRoot } from "./built.ts";
import { failsWith } from "./codes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

test("HOME empty, relative or unknown (oven-sh/bun#34629, libuv/libuv#810)", async () => {
  for (const HOME of ["", "relative", undefined]) {
    const cwd = temporaryFolder();
    const code = `
      const { secretsPath } = await import(${JSON.stringify(built)});
      console.log(secretsPath());`;
    const env = HOME === undefined ? {} : { HOME };
    const node = ["--input-type=module", "-e", code];
    const out = execFileSync(process.execPath, node, { cwd, env, encoding: "utf8" }).trim();
    expect(out).toMatch(/^(\/|[A-Z]:).*acc-secrets\.json$/);
    expect(out.startsWith(cwd)).toBe(false);
  }
});

test.runIf(isRoot)("without any home there is no store, and the environment serves", () => {
  const code = `
    const { openSecrets, secretsPath } = await import(${JSON.stringify(built)});
    const secrets = await openSecrets();
    const outcome = (call) => call().catch((error) => error.code);
    console.log(JSON.stringify([
      (await secrets.get("groq_api_key"))?.source, await secrets.list(),
      await outcome(() => secrets.set("a_api_key", "a-value-0001")),
      await outcome(async () => secretsPath()),
    ]));`;
  const cwd = temporaryFolder();
  chmodSync(cwd, 0o777);
  const user = ["--reuid=54321", "--regid=54321", "--clear-groups", "env", "-i"];
  const node = [process.execPath, "--input-type=module", "-e", code];
  const run = [...user, "GROQ_API_KEY=groq-value-0001", ...node];
  const { stdout, stderr } = spawnSync("setpriv", run, { cwd, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual(["env:GROQ_API_KEY", [], "NO_HOME", "NO_HOME"]);
  expect(readdirSync(cwd)).toEqual([]);
});

test("a relative path in a variable is refused, one in an option is made absolute at once", async () => {
  for (const env of [{ ACC_SECRETS_DIR: "x" }, { ACC_SECRETS_KEY_FILE: "./key" }]) {
    const message = await failsWith(() => openSecrets({ env }), "INVALID_OPTION");
    expect(message).toContain(Object.keys(env)[0]);
  }
  expect(secretsPath({ directory: "some" })).toBe(join(process.cwd(), "some", "acc-secrets.json"));
  expect(auditPath(secretsPath({ directory: "some" }))).toContain(process.cwd());
});
