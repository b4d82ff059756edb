import type { ChildProcess } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { answerEvents, openStream, plays, refuses } from "../../../scripts/vendor-answers.ts";
import type { AccRun } from "./acc.ts";
import { startCallingServer } from "./played-calls.ts";
import { alone, through, throughServerScene } from "./through-server-scene.ts";

const scene = throughServerScene();
const { base, auto, serving, socketsFolder } = scene;

// Each test starts some commands, and a server.
vi.setConfig({ testTimeout: 120_000 });

const patience = { timeout: 20_000 };

/** What a run says, without what no two runs have the same of. */
function without(of: AccRun): AccRun {
  const same = (text: string) =>
    text
      .replaceAll(/"ms":\d+|\d+ ms/g, "ms")
      .replace(through, "")
      .replace(/a moment ago|\d+ s ago/, "ago")
      .trim();
  return { code: of.code, stdout: same(of.stdout), stderr: same(of.stderr) };
}

describe("ACC_SERVER=auto", () => {
  it.each([
    [["--json"]],
    [["--stream-json", "-v"]],
    [["-v"]],
    [["-v", "-p", "claude,groq"]],
    [["-v", "-p", "groq,claude"]],
    [["--json", "--only", "cli"]],
    [["--json", "-m", " "]],
  ])("has acc serve answer acc chat %j, as it would by itself", async (flags) => {
    const words = ["chat", "--no-cache", "-p", "claude", ...flags, "hello"];
    const bySelf = await scene.home.acc(words, { env: base() });
    const { child } = await serving();
    const asked = await scene.home.acc([...words, "-v"], { env: auto() });
    expect(through.exec(asked.stderr)?.[1]).toBe(`${child.pid}`);
    const again = await scene.home.acc(words, { env: auto() });
    expect(without(again)).toEqual(without(bySelf));
    const bodies = scene.vendor.requests.map(({ body }) => body);
    expect(new Set(bodies).size).toBeLessThan(2);
  });

  it("asks whoever can be asked first, where nobody is named", async () => {
    await serving();
    const { stdout, stderr } = await scene.home.acc(["chat", "-v", "hello"], { env: auto() });
    expect(stdout).toBe("An answer\n");
    expect(stderr).toMatch(through);
    expect(stderr).toContain("✓ claude sdk (env:ANTHROPIC_API_KEY) answered");
  });

  it("fails with the same words, code and exit code, once: its cooldowns hold for all", async () => {
    scene.vendor.answer = refuses("claude", 401, { type: "authentication_error", message: "No" });
    const words = ["chat", "-p", "claude,groq", "--json", "hello"];
    const bySelf = await scene.home.acc(words, { env: base() });
    await serving();
    expect(without(await scene.home.acc(words, { env: auto() }))).toEqual(without(bySelf));
    expect(bySelf.code).toBe(1);
    const asked = scene.vendor.requests.length;
    const again = await scene.home.acc(words, { env: auto() });
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("Left alone for")]);
    expect(scene.vendor.requests).toHaveLength(asked);
    const wrong = [
      "chat",
      "-p",
      "claude",
      "--top-k",
      "3",
      "--temperature",
      "1",
      "--lenient",
      "what",
      "x",
    ];
    const refused = await scene.home.acc(wrong, { env: auto() });
    expect(without(refused)).toEqual(without(await scene.home.acc(wrong, { env: base() })));
    expect(refused.code).toBe(2);
  });

  it("shares the cache of acc chat, with what was asked in it", async () => {
    const words = ["chat", "-p", "claude", "--json", "hello"];
    await serving();
    const first = JSON.parse((await scene.home.acc(words, { env: auto() })).stdout);
    const second = JSON.parse((await scene.home.acc(words, { env: base() })).stdout);
    const third = JSON.parse((await scene.home.acc(words, { env: auto() })).stdout);
    expect([first.cached, second.cached, third.cached]).toEqual([false, true, true]);
    expect(second).toEqual(third);
    const file = join(scene.home.path, "answers.car");
    await scene.home.acc(["cache", "export", file], { env: base() });
    expect(await readFile(file, "latin1")).toContain("hello");
    await scene.home.acc(["cache", "clear"], { env: base() });
    expect(JSON.parse((await scene.home.acc(words, { env: auto() })).stdout).cached).toBe(false);
    expect(scene.vendor.requests).toHaveLength(2);
  });

  it("holds an answer to its schema", async () => {
    const schema = join(scene.home.path, "schema.json");
    const properties = { colour: { type: "string" } };
    await writeFile(schema, JSON.stringify({ type: "object", properties, required: ["colour"] }));
    const words = [
      "chat",
      "-p",
      "claude",
      "--json",
      "--no-cache",
      "--retry",
      "0",
      "--schema",
      schema,
      "hello",
    ];
    await serving();
    scene.vendor.answer = plays("claude", '{"colour":"red"}');
    const { stdout } = await scene.home.acc(words, { env: auto() });
    expect(JSON.parse(stdout).object).toEqual({ colour: "red" });
    scene.vendor.answer = plays("claude", '{"size":1}');
    const wrong = await scene.home.acc(words, { env: auto() });
    expect(without(wrong)).toEqual(without(await scene.home.acc(words, { env: base() })));
    expect(JSON.parse(wrong.stderr).error.code).toBe("INVALID_OUTPUT");
  });

  it("has acc chat call the tools, between the answers that the server has", async () => {
    const tools = join(scene.home.path, "tools.mjs");
    const code =
      'export const weather = { description: "w", inputSchema: { type: "object" }, run: () => "Rain" };';
    await writeFile(tools, code);
    const words = [
      "chat",
      "-p",
      "claude",
      "--no-cache",
      "--json",
      "--tools",
      tools,
      "--yes",
      "weather",
      "hello",
    ];
    const played = await startCallingServer([{ name: "weather", input: {} }]);
    const at = (more: object) => ({ env: { ...auto(), ANTHROPIC_BASE_URL: played.url, ...more } });
    const bySelf = await scene.home.acc(words, at({ ACC_SERVER: "off" }));
    await serving({ ANTHROPIC_BASE_URL: played.url });
    const asked = await scene.home.acc([...words, "-v"], at({}));
    await played.close();
    expect(asked.stderr).toMatch(through);
    expect(asked.stderr.match(/→ claude sdk/g)).toHaveLength(2);
    expect([asked.code, without(asked).stdout]).toEqual([0, without(bySelf).stdout]);
  });

  it("ends the call that Ctrl-C ends", async () => {
    let isLeft = false;
    scene.vendor.answer = (response) => {
      response.once("close", () => {
        isLeft = true;
      });
      openStream(response);
      response.write(answerEvents("claude", ["An"])[0]);
    };
    const serve = await serving();
    let child: ChildProcess | undefined;
    const ended = scene.home.acc(["chat", "-p", "claude", "--no-cache", "hello"], {
      env: auto(),
      whenSpawned: (spawned) => {
        child = spawned;
      },
    });
    await expect.poll(() => scene.vendor.requests.length, patience).toBe(1);
    child?.kill("SIGINT");
    expect((await ended).code).toBe(130);
    await expect.poll(() => isLeft, patience).toBe(true);
    scene.vendor.answer = plays("claude", "Another");
    const next = await scene.home.acc(["chat", "-v", "-p", "claude", "hello"], { env: auto() });
    expect(next.stdout).toBe("Another\n");
    expect(through.exec(next.stderr)?.[1]).toBe(`${serve.child.pid}`);
  });

  it("a server that is told to end finishes the call; one that is killed is told of", async () => {
    const release: (() => void)[] = [];
    scene.vendor.answer = async (response, request) => {
      await new Promise<void>((resolve) => release.push(resolve));
      await plays("claude", "An answer")(response, request);
    };
    const ask = () =>
      scene.home.acc(["chat", "-p", "claude", "--no-cache", "hello"], { env: auto() });
    const first = await serving();
    const finished = ask();
    await expect.poll(() => release.length, patience).toBe(1);
    first.child.kill("SIGTERM");
    await expect.poll(() => first.said(), patience).toContain("Finishing the calls in progress");
    release[0]?.();
    expect(await finished).toEqual({ code: 0, stdout: "An answer\n", stderr: "" });
    expect(await first.ended()).toBe(0);
    expect(await readdir(socketsFolder())).toEqual([]);
    const second = await serving();
    const cut = ask();
    await expect.poll(() => release.length, patience).toBe(2);
    second.child.kill("SIGKILL");
    const { code, stderr } = await cut;
    release[1]?.();
    expect(code).toBe(1);
    expect(stderr).toContain("(SERVER_ENDED)");
    expect(await readdir(socketsFolder())).toHaveLength(1);
    scene.vendor.answer = plays("claude", "By itself");
    const next = await scene.home.acc(["chat", "-v", "-p", "claude", "hello"], { env: auto() });
    expect(next.stderr).toContain(alone("no acc serve of yours runs"));
    expect(next.stdout).toBe("By itself\n");
    await serving();
    expect(await readdir(socketsFolder())).toHaveLength(1);
    const third = await scene.home.acc(["chat", "-v", "-p", "claude", "hello"], { env: auto() });
    expect(third.stderr).toMatch(through);
  });
});
