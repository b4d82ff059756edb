import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { refuses } from "../../../scripts/vendor-answers.ts";
import { json } from "../../../test/played/listing-cases.ts";
import { type AccRun, accMain } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";

const name = "anthropic_api_key";
const nowhere = { ANTHROPIC_BASE_URL: "http://127.0.0.1:9" };
const node = (program: string) => `'${process.execPath}' -e "${program}"`;

const home = homeAnew();

beforeEach(async () => {
  await home.acc(["secrets", "set", name], { stdin: "the-old-value-of-it" });
});

const rotate = async (
  args: readonly string[],
  options: { env?: Record<string, string>; stdin?: string } = {},
): Promise<AccRun> => {
  const run = await home.acc(["secrets", "rotate", name, ...args], options);
  expect(run.stdout + run.stderr).not.toMatch(/value-of-it/);
  return run;
};

const current = async () => (await home.acc(["secrets", "get", name, "--reveal"])).stdout.trimEnd();

/** A vendor that takes every key but those with "bad" in them. */
const vendor = async (): Promise<LoopbackServer> => {
  const lists = json(JSON.stringify({ data: [{ id: "a" }] }));
  const denies = refuses("claude", 401, {
    type: "authentication_error",
    message: "There is no such key.",
  });
  const server = await startLoopbackServer((response, request) =>
    (/bad/.test(JSON.stringify(request.headers)) ? denies : lists)(response, request),
  );
  onTestFinished(() => server.close());
  return server;
};

describe("acc secrets rotate", () => {
  it("drops a value that the vendor refused, says why, and takes the next one", async () => {
    const env = { ANTHROPIC_BASE_URL: (await vendor()).url };
    const refused = await rotate([], { env, stdin: "the-bad-value-of-it" });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /is dropped, the vendor refused it: .*There is no such key.*\(AUTHENTICATION_FAILED\).*as it was\./,
    );
    expect(refused.stderr).toContain("(ROTATION_TEST_FAILED)");
    expect(await current()).toBe("the-old-value-of-it");
    const taken = await rotate([], { env, stdin: "the-good-value-of-it" });
    expect(taken.stderr).not.toContain("goes on");
    expect([taken.code, await current()]).toEqual([0, "the-good-value-of-it"]);
  });

  it("keeps a created value that the vendor does not know yet, and takes it later", async () => {
    const created = ["--create-command", node("console.log('the-bad-value-of-it')")];
    const { url } = await vendor();
    const env = { ANTHROPIC_BASE_URL: url };
    expect((await rotate(created, { env })).stderr).toContain("waits, for its test failed");
    const later = await rotate([...created, "--no-test"], { env });
    expect(later.stderr).toContain("continues with the value of");
    expect([later.code, await current()]).toEqual([0, "the-bad-value-of-it"]);
  });

  it("drops a value that the short chat of a server without a list refused", async () => {
    const lists = refuses("claude", 404, { message: "There is no such path." });
    const denies = refuses("claude", 401, { message: "There is no such key." });
    const server = await startLoopbackServer((response, request) =>
      (request.method === "GET" ? lists : denies)(response, request),
    );
    onTestFinished(() => server.close());
    const env = { ANTHROPIC_BASE_URL: server.url };
    const { stderr } = await rotate([], { env, stdin: "the-bad-value-of-it" });
    expect(stderr).toMatch(/the vendor refused it: .*\(AUTHENTICATION_FAILED\)/);
    expect((await rotate(["--no-test"], { env })).code).toBe(2);
  });

  it("does not install a refused value with --no-test either", async () => {
    const env = { ANTHROPIC_BASE_URL: (await vendor()).url };
    await rotate([], { env, stdin: "the-bad-value-of-it" });
    const { code } = await rotate(["--no-test"], { env });
    expect([code, await current()]).toEqual([2, "the-old-value-of-it"]);
  });

  it("tells the vendor's refusal in --json", async () => {
    const env = { ANTHROPIC_BASE_URL: (await vendor()).url };
    const { stderr } = await rotate(["--json"], { env, stdin: "the-bad-value-of-it" });
    expect(JSON.parse(stderr).error).toMatchObject({
      code: "ROTATION_TEST_FAILED",
      message: expect.stringContaining("AUTHENTICATION_FAILED"),
      fix: expect.stringContaining("Run it again with another value."),
    });
  });

  it("keeps a value that could not be tested, and says so before it goes on with it", async () => {
    const failed = await rotate([], { env: nowhere, stdin: "the-new-value-of-it" });
    expect(failed.stderr).toMatch(/waits, for its test failed: .*\(NETWORK\).*\n.*--restart/);
    const env = { ANTHROPIC_BASE_URL: (await vendor()).url };
    const going = await rotate([], { env });
    expect(going.stderr).toMatch(
      /continues with the value of \d{4}-.*; use --restart to give another/,
    );
    expect([going.code, await current()]).toEqual([0, "the-new-value-of-it"]);
  });

  it("refuses another value on stdin while one waits; --restart takes it", async () => {
    const env = { ANTHROPIC_BASE_URL: (await vendor()).url };
    await rotate([], { env: nowhere, stdin: "the-new-value-of-it" });
    const stopped = await rotate(["--json"], { env, stdin: "another-value-of-it" });
    expect(stopped.code).toBe(2);
    expect(JSON.parse(stopped.stderr).error).toMatchObject({
      code: "ROTATION_PENDING",
      fix: expect.stringContaining("--restart"),
    });
    expect(await current()).toBe("the-old-value-of-it");
    const { code } = await rotate(["--restart"], { env, stdin: "another-value-of-it" });
    expect([code, await current()]).toEqual([0, "another-value-of-it"]);
  });

  it("goes on where the same value is on stdin, and says that --create-command is not run", async () => {
    await rotate([], { env: nowhere, stdin: "the-new-value-of-it" });
    const again = await rotate([], { env: nowhere, stdin: "the-new-value-of-it\n" });
    expect(again.stderr).toMatch(/continues with the value of .*\n.*waits, for its test failed/);
    const env = { ANTHROPIC_BASE_URL: (await vendor()).url };
    const { code, stderr } = await rotate(["--create-command", node("process.exit(3)")], { env });
    expect(stderr).toContain("--create-command is not run");
    expect([code, await current()]).toEqual([0, "the-new-value-of-it"]);
  });

  it.each([
    ["nonexistent-cmd", 1, "COMMAND_NOT_RUN", /nonexistent-cmd could not be run: ENOENT/],
    [node("process.exit(3)"), 1, "COMMAND_FAILED", /ended with 3/],
    [node("0"), 2, "VALUE_EMPTY", /printed nothing/],
  ])("tells why --create-command %s gave no value", async (command, status, code, message) => {
    const { code: ended, stderr } = await rotate(["--json", "--create-command", command]);
    const { error } = JSON.parse(stderr);
    expect([ended, error.code]).toEqual([status, code]);
    expect(error.message).toMatch(message);
    expect(error.fix).toMatch(/./);
    expect(await current()).toBe("the-old-value-of-it");
  });

  it("lets no second rotation begin, and names --restart", async () => {
    const args = ["secrets", "rotate", name, "--no-test", "--create-command"];
    const inner = join(home.path, "inner");
    await writeFile(
      inner,
      `const { spawnSync } = require("node:child_process");
      const run = spawnSync(process.execPath, ${JSON.stringify([accMain, ...args, "x"])});
      require("node:fs").writeFileSync(__filename + ".told", run.stderr);
      console.log("the-new-value-of-it");`,
    );
    expect((await home.acc([...args, `'${process.execPath}' ${inner}`])).code).toBe(0);
    const told = await readFile(`${inner}.told`, "utf8");
    expect(told).toMatch(/by another process\. \(ROTATION_IN_PROGRESS\)\n.*--restart/);
  });

  it("takes an empty stdin for wrong usage", async () => {
    const { code, stderr } = await rotate([]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/The new value of anthropic_api_key is empty\./);
  });

  it("says that the new value is current where the old one is not revoked", async () => {
    const args = ["--no-test", "--revoke-command", node("process.exit(4)")];
    const { code, stderr } = await rotate([...args, "--json"], { stdin: "the-new-value-of-it" });
    expect(code).toBe(1);
    const { error } = JSON.parse(stderr);
    expect(error.code).toBe("ROTATION_REVOKE_FAILED");
    expect(error.message).toMatch(
      /^anthropic_api_key has the new value, version 2; the old one was NOT revoked: .* ended with 4/,
    );
    expect(error.message).not.toContain("as it was");
    expect(await current()).toBe("the-new-value-of-it");
  });

  const failsToRevoke = () =>
    rotate(["--no-test", "--revoke-command", node("process.exit(4)")], {
      stdin: "the-new-value-of-it",
    });
  const revoked = () => join(home.path, "revoked");
  const revokes = () =>
    node(`process.stdin.on('data', (b) => require('fs').appendFileSync('${revoked()}', b))`);

  it("revokes the old one when it is run again, and makes no value for that", async () => {
    await failsToRevoke();
    const made = join(home.path, "made");
    await writeFile(made, "");
    const create = node(`require('fs').writeFileSync('${made}', 'run')`);
    const again = ["--no-test", "--create-command", create, "--revoke-command", revokes()];
    const { code, stderr } = await rotate(again);
    expect(stderr).toMatch(/; the old one is revoked now\. --create-command is not run/);
    expect([code, await current()]).toEqual([0, "the-new-value-of-it"]);
    expect(await readFile(revoked(), "utf8")).toBe("the-old-value-of-it\n");
    expect(await readFile(made, "utf8")).toBe("");
  });

  it("takes another value on stdin after it has revoked the old one", async () => {
    await failsToRevoke();
    const again = ["--no-test", "--json", "--revoke-command", revokes()];
    const { code, stdout } = await rotate(again, { stdin: "another-value-of-it" });
    expect([code, await current()]).toEqual([0, "another-value-of-it"]);
    expect(JSON.parse(stdout)).toMatchObject({ version: 3, revoked: [1, 2] });
    expect(await readFile(revoked(), "utf8")).toBe("the-old-value-of-it\nthe-new-value-of-it\n");
  });
});
