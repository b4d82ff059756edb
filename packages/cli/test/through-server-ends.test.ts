import { mkdir, readdir, rename, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays } from "../../../scripts/vendor-answers.ts";
import { homeAnew } from "./home-anew.ts";
import { lockStore } from "./locked-home.ts";
import { startCallingServer } from "./played-calls.ts";
import { startServe } from "./serve-process.ts";

// Each test starts some commands, and a server.
vi.setConfig({ testTimeout: 120_000 });

let vendor: LoopbackServer;
const home = homeAnew();

beforeEach(async () => {
  vendor = await startLoopbackServer(plays("claude", "An ", "answer"));
});
afterEach(async () => {
  await vendor.close();
});

const patience = { timeout: 20_000 };
const base = () => ({ ANTHROPIC_API_KEY: "a-key-0123456789", ANTHROPIC_BASE_URL: vendor.url });
const auto = () => ({ ...base(), ACC_SERVER: "auto" });
const serving = (more: NodeJS.ProcessEnv = {}, args: readonly string[] = []) =>
  startServe(home, { env: { ...base(), ...more }, args });
const ask = (words: readonly string[] = [], more: Record<string, string> = {}) =>
  home.acc(["chat", "-v", "-p", "claude", "--no-cache", ...words, "hello"], {
    env: { ...auto(), ...more },
  });
const through = /^acc: Asked through acc serve, process \d+\.$/m;
const alone = (why: string) => `acc: Asked without a server: ${why}.`;
const configFolder = () => join(home.path, ".config", "acc");
const socketsFolder = () => join(configFolder(), "server", "chat");

/** A vendor that holds its answers until they are released. */
function holds(): (() => void)[] {
  const release: (() => void)[] = [];
  const answer = vendor.answer;
  vendor.answer = async (response, request) => {
    if (request.body.includes("hold")) await new Promise<void>((done) => release.push(done));
    await answer(response, request);
  };
  return release;
}

describe("acc chat ends as it does by itself, while a server runs, where", () => {
  it.each([
    ["an image is missing", ["--image", "/nonexistent.png"]],
    ["a file is missing", ["-f", "/nonexistent.txt"]],
    ["the schema is missing", ["--schema", "/nonexistent.json"]],
    ["a tool choice has no tools", ["--tool-choice", "none"]],
    ["the vendor's members are no JSON", ["--vendor", "{"]],
    ["a module of tools is missing", ["--tools", "/nonexistent.mjs"]],
    ["a yes has no tools", ["--yes", "x"]],
  ])("%s", async (_, flags) => {
    const words = ["chat", "-p", "claude", ...flags, "hello"];
    const bySelf = await home.acc(words, { env: base() });
    await serving();
    expect(await home.acc(words, { env: auto() })).toEqual(bySelf);
    expect(bySelf.code).toBeGreaterThan(0);
    expect(vendor.requests).toEqual([]);
  });

  it("there is no prompt", async () => {
    await serving();
    const { code, stderr } = await home.acc(["chat", "-p", "claude"], { env: auto() });
    expect([code, stderr]).toEqual([2, expect.stringContaining("The prompt must not be empty.")]);
  });
});

describe("a call that no server has taken is asked by acc chat itself", () => {
  it.each(["SIGTERM", "SIGKILL"] as const)("after %s, between two answers", async (signal) => {
    await vendor.close();
    vendor = await startCallingServer([{ name: "weather", input: {} }]);
    const release = holds();
    const { child } = await serving();
    const inFlight = home.acc(["chat", "-p", "claude", "--no-cache", "hold"], { env: auto() });
    await expect.poll(() => release.length, patience).toBe(1);
    const tools = join(home.path, "tools.mjs");
    await writeFile(tools, weatherThatEnds(child.pid, signal));
    const run = await ask(["--tools", tools, "--yes", "weather"]);
    expect(run.stderr).toMatch(through);
    expect(run.stderr).toContain("Asked without the server: it ended before it took the call.");
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining("Done.")]);
    expect(vendor.requests).toHaveLength(3);
    release[0]?.();
    expect((await inFlight).code).toBe(signal === "SIGTERM" ? 0 : 1);
  });

  const weatherThatEnds = (pid: number | undefined, signal: string) => `
    import { readdirSync } from "node:fs";
    const isThere = () => {
      if (readdirSync(${JSON.stringify(socketsFolder())}).length === 0) return false;
      try { return process.kill(${pid}, 0); } catch { return false; }
    };
    export const weather = { description: "w", inputSchema: { type: "object" }, async run() {
      process.kill(${pid}, "${signal}");
      while (isThere()) await new Promise((resolve) => setTimeout(resolve, 20));
      return "Rain";
    } };`;

  it("where it is stopped between two answers", async () => {
    await vendor.close();
    vendor = await startCallingServer([{ name: "weather", input: {} }]);
    const { child } = await serving();
    const tools = join(home.path, "tools.mjs");
    await writeFile(
      tools,
      `export const weather = { description: "w", inputSchema: { type: "object" }, async run() {
        process.kill(${child.pid}, "SIGSTOP");
        return "Rain";
      } };`,
    );
    const run = await ask(["--tools", tools, "--yes", "weather"]);
    expect(run.stderr).toMatch(through);
    expect(run.stderr).toContain("Asked without the server: it did not take the call in time.");
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining("Done.")]);
    child.kill("SIGCONT");
    expect((await ask()).stderr).toMatch(through);
    expect(vendor.requests).toHaveLength(3);
  });

  it("where it has as many as its --max-calls lets it have", async () => {
    const release = holds();
    await serving({}, ["--max-calls", "1"]);
    const first = home.acc(["chat", "-p", "claude", "--no-cache", "hold"], { env: auto() });
    await expect.poll(() => release.length, patience).toBe(1);
    const second = await ask();
    expect(second.stdout).toBe("An answer\n");
    expect(second.stderr).toContain("it has reached its --max-calls.");
    release[0]?.();
    expect((await first).stdout).toBe("An answer\n");
    expect((await ask()).stderr).not.toContain("--max-calls");
  });
});

it("a call that a server took before it was stopped ends with its timeout, and is not asked again", async () => {
  const release = holds();
  const { child } = await serving();
  const asking = ask(["--timeout", "3s", "hold"]);
  await expect.poll(() => release.length, patience).toBe(1);
  child.kill("SIGSTOP");
  const { code, stderr } = await asking;
  child.kill("SIGCONT");
  release[0]?.();
  expect(stderr).toContain("acc serve took the call and did not say in 3000 ms how it ended.");
  expect([code, vendor.requests.length]).toEqual([1, 1]);
});

describe("acc chat asks by itself", () => {
  it("with --unlock, which the server's store knows nothing of", async () => {
    await serving();
    const { stdout, stderr } = await ask([
      "--unlock",
      `file:${join(configFolder(), "acc-secrets.key")}`,
    ]);
    expect(stdout).toBe("An answer\n");
    expect(stderr).toContain(alone("--unlock is asked by acc chat itself"));
  });

  it("where keys are kept in a store outside, and acc doctor says so", async () => {
    const why = "keys of a store outside are read by acc chat itself";
    await mkdir(configFolder(), { recursive: true });
    const secrets = { store: "files", folder: home.path };
    await writeFile(join(configFolder(), "config.json"), JSON.stringify({ secrets }));
    const token = { ACC_SERVER_TOKEN: `acc-owner-${"0".repeat(43)}` };
    await serving(token);
    expect((await ask([], token)).stderr).toContain(alone(why));
    const { stdout } = await home.acc(["doctor", "--json"], { env: { ...auto(), ...token } });
    expect(JSON.parse(stdout).server).toEqual({ setting: "auto", reason: why });
  });

  it("where a killed server has left its socket, and reads no store for it", async () => {
    const { child, ended } = await serving();
    child.kill("SIGKILL");
    await ended();
    expect(await readdir(socketsFolder())).toHaveLength(1);
    await lockStore(home);
    expect((await ask()).stderr).toContain(alone("no acc serve of yours runs"));
  });
});

describe("acc serve", () => {
  it("ends while another of its user is stopped", async () => {
    const first = await serving();
    first.child.kill("SIGSTOP");
    const second = await serving();
    second.child.kill("SIGTERM");
    expect(await second.ended()).toBe(0);
  });

  it("ends while somebody whom it refused stays", async () => {
    const { child, ended } = await serving();
    const [name = ""] = await readdir(socketsFolder());
    const socket = connect({ path: join(socketsFolder(), name), allowHalfOpen: true });
    socket.on("error", () => {});
    socket.write("{}\n");
    await new Promise((resolve) =>
      socket.on("data", (text) => `${text}`.includes("refused") && resolve(0)),
    );
    child.kill("SIGTERM");
    expect(await ended()).toBe(0);
    socket.destroy();
  });

  it("removes what a killed one left, and nothing of another machine's", async () => {
    const { child, ended } = await serving();
    child.kill("SIGKILL");
    await ended();
    const [left = ""] = await readdir(socketsFolder());
    const other = `${"0".repeat(8)}-${"0".repeat(8)}.sock`;
    const server = createServer();
    const made = join(socketsFolder(), "made.sock");
    await new Promise<void>((resolve) => server.listen(made, resolve));
    await rename(made, join(socketsFolder(), other));
    await new Promise((resolve) => server.close(resolve));
    await serving();
    const now = await readdir(socketsFolder());
    expect(now).toHaveLength(2);
    expect(now).toContain(other);
    expect(now).not.toContain(left);
    expect((await ask()).stderr).toMatch(through);
  });
});
