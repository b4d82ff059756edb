import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openMcp } from "./mcp-client.ts";
import { mcpScene, textOf } from "./mcp-scene.ts";

const scene = mcpScene();
const { answers, env, call } = scene;

describe("the server", () => {
  it("says what its tools take, and that they change nothing", async () => {
    scene.mcp = await openMcp(scene.home, [], env());
    const { tools } = await scene.mcp.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["ask", "compare", "providers"]);
    expect(tools[0]?.annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    expect(scene.mcp.client.getServerVersion()).toMatchObject({ name: "acc", version: "0.0.0" });
    expect(scene.mcp.client.getInstructions()).toContain("They see only what a call sends along");
  });

  // modelcontextprotocol/typescript-sdk#2002
  it("ends with its client, and what was under way with it", async () => {
    let isLeft = false;
    scene.vendors.answer = (response) => {
      response.once("close", () => {
        isLeft = true;
      });
    };
    scene.mcp = await openMcp(scene.home, [], env());
    const { pid } = scene.mcp;
    const asked = scene.mcp.client.callTool({
      name: "ask",
      arguments: { prompt: "hi", provider: "claude" },
    });
    asked.catch(() => undefined);
    await expect.poll(() => scene.vendors.requests.length, { timeout: 30_000 }).toBe(1);
    await scene.mcp.close();
    scene.mcp = undefined;
    await expect.poll(() => isLeft, { timeout: 30_000 }).toBe(true);
    await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 30_000 }).toBe(false);
  });

  it("ends a call that its client gives up, and goes on", async () => {
    let isLeft = false;
    scene.vendors.answer = (response) => {
      response.once("close", () => {
        isLeft = true;
      });
    };
    scene.mcp = await openMcp(scene.home, [], env());
    const controller = new AbortController();
    const asked = scene.mcp.client.callTool(
      { name: "ask", arguments: { prompt: "hi", provider: "claude" } },
      undefined,
      { signal: controller.signal },
    );
    asked.catch(() => undefined);
    await expect.poll(() => scene.vendors.requests.length, { timeout: 30_000 }).toBe(1);
    controller.abort();
    await expect.poll(() => isLeft, { timeout: 30_000 }).toBe(true);
    answers({ claude: "Still here." });
    expect(textOf(await call("ask", { prompt: "ho", provider: "claude" }))).toContain(
      "Still here.",
    );
  });

  // likec4/likec4#3092: the SDK's transport does not notice the end of stdin.
  it("ends where nobody has ever spoken to it", async () => {
    expect(await scene.home.acc(["mcp"], { env: env() })).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
  });

  // hurttlocker/o8#1541, s-stefanov/actual-mcp#161: a log line of any package ends the connection.
  it("keeps what else is written to stdout from its client", () => {
    const source = new URL("../src/mcp/own-stdout.ts", import.meta.url).href;
    const program = `
      const { ownStdout } = await import(${JSON.stringify(source)});
      const out = ownStdout();
      console.log("a package's word");
      out.write('{"a":1}');
    `;
    const args = ["--import", import.meta.resolve("tsx"), "--input-type=module", "-e", program];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect([stdout, stderr]).toEqual(['{"a":1}', "a package's word\n"]);
  });

  it("writes nothing but messages to stdout", async () => {
    const message = { jsonrpc: "2.0", id: 1, method: "initialize" };
    const params = {
      protocolVersion: "2025-06-18",
      capabilities: {},
      clientInfo: { name: "t", version: "1" },
    };
    const lines = [
      { ...message, params },
      { jsonrpc: "2.0", method: "notifications/initialized" },
      "no JSON",
      { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name: "providers", arguments: {} } },
    ];
    const stdin = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
    const run = await scene.home.acc(["mcp"], { env: env(), stdin: `${stdin.join("\n")}\n` });
    expect(run.code).toBe(0);
    const said = run.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(said[0]).toMatchObject({ id: 1, result: { serverInfo: { name: "acc" } } });
  });
});
