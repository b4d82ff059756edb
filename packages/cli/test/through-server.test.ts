import { type ChildProcess, execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { answerEvents, openStream, plays, refuses } from "../../../scripts/vendor-answers.ts";
import { canary, formsIn } from "../../../test/canary-forms.ts";
import { type AccHome, type AccRun, accMain, emptyHome } from "./acc.ts";
import { lockStore } from "./locked-home.ts";
import { startCallingServer } from "./played-calls.ts";
import { startServe } from "./serve-process.ts";

// Each test starts some commands, and a server.
vi.setConfig({ testTimeout: 120_000 });

let vendor: LoopbackServer;
let home: AccHome;
const listening: Server[] = [];

beforeEach(async () => {
  vendor = await startLoopbackServer(plays("claude", "An ", "answer"));
  home = await emptyHome();
});
afterEach(async () => {
  for (const server of listening.splice(0)) server.close();
  await vendor.close();
  await home.remove();
});

const patience = { timeout: 20_000 };
const base = () => ({ ANTHROPIC_API_KEY: canary, ANTHROPIC_BASE_URL: vendor.url });
const auto = () => ({ ...base(), ACC_SERVER: "auto" });
const serving = (more: NodeJS.ProcessEnv = {}) => startServe(home, { env: { ...base(), ...more } });
const through = /^acc: Asked through acc serve, process (\d+)\.$/m;
const alone = (why: string) => `acc: Asked without a server: ${why}.`;
const socketsFolder = () => join(home.path, ".config", "acc", "server", "chat");

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
    const bySelf = await home.acc(words, { env: base() });
    const { child } = await serving();
    const asked = await home.acc([...words, "-v"], { env: auto() });
    expect(through.exec(asked.stderr)?.[1]).toBe(`${child.pid}`);
    const again = await home.acc(words, { env: auto() });
    expect(without(again)).toEqual(without(bySelf));
    const bodies = vendor.requests.map(({ body }) => body);
    expect(new Set(bodies).size).toBeLessThan(2);
  });

  it("asks whoever can be asked first, where nobody is named", async () => {
    await serving();
    const { stdout, stderr } = await home.acc(["chat", "-v", "hello"], { env: auto() });
    expect(stdout).toBe("An answer\n");
    expect(stderr).toMatch(through);
    expect(stderr).toContain("✓ claude sdk (env:ANTHROPIC_API_KEY) answered");
  });

  it("fails with the same words, code and exit code, once: its cooldowns hold for all", async () => {
    vendor.answer = refuses("claude", 401, { type: "authentication_error", message: "No" });
    const words = ["chat", "-p", "claude,groq", "--json", "hello"];
    const bySelf = await home.acc(words, { env: base() });
    await serving();
    expect(without(await home.acc(words, { env: auto() }))).toEqual(without(bySelf));
    expect(bySelf.code).toBe(1);
    const asked = vendor.requests.length;
    const again = await home.acc(words, { env: auto() });
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("Left alone for")]);
    expect(vendor.requests).toHaveLength(asked);
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
    const refused = await home.acc(wrong, { env: auto() });
    expect(without(refused)).toEqual(without(await home.acc(wrong, { env: base() })));
    expect(refused.code).toBe(2);
  });

  it("shares the cache of acc chat, with what was asked in it", async () => {
    const words = ["chat", "-p", "claude", "--json", "hello"];
    await serving();
    const first = JSON.parse((await home.acc(words, { env: auto() })).stdout);
    const second = JSON.parse((await home.acc(words, { env: base() })).stdout);
    const third = JSON.parse((await home.acc(words, { env: auto() })).stdout);
    expect([first.cached, second.cached, third.cached]).toEqual([false, true, true]);
    expect(second).toEqual(third);
    const file = join(home.path, "answers.car");
    await home.acc(["cache", "export", file], { env: base() });
    expect(await readFile(file, "latin1")).toContain("hello");
    await home.acc(["cache", "clear"], { env: base() });
    expect(JSON.parse((await home.acc(words, { env: auto() })).stdout).cached).toBe(false);
    expect(vendor.requests).toHaveLength(2);
  });

  it("holds an answer to its schema", async () => {
    const schema = join(home.path, "schema.json");
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
    vendor.answer = plays("claude", '{"colour":"red"}');
    const { stdout } = await home.acc(words, { env: auto() });
    expect(JSON.parse(stdout).object).toEqual({ colour: "red" });
    vendor.answer = plays("claude", '{"size":1}');
    const wrong = await home.acc(words, { env: auto() });
    expect(without(wrong)).toEqual(without(await home.acc(words, { env: base() })));
    expect(JSON.parse(wrong.stderr).error.code).toBe("INVALID_OUTPUT");
  });

  it("has acc chat call the tools, between the answers that the server has", async () => {
    const tools = join(home.path, "tools.mjs");
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
    const bySelf = await home.acc(words, at({ ACC_SERVER: "off" }));
    await serving({ ANTHROPIC_BASE_URL: played.url });
    const asked = await home.acc([...words, "-v"], at({}));
    await played.close();
    expect(asked.stderr).toMatch(through);
    expect(asked.stderr.match(/→ claude sdk/g)).toHaveLength(2);
    expect([asked.code, without(asked).stdout]).toEqual([0, without(bySelf).stdout]);
  });

  it("ends the call that Ctrl-C ends", async () => {
    let isLeft = false;
    vendor.answer = (response) => {
      response.once("close", () => {
        isLeft = true;
      });
      openStream(response);
      response.write(answerEvents("claude", ["An"])[0]);
    };
    const serve = await serving();
    let child: ChildProcess | undefined;
    const ended = home.acc(["chat", "-p", "claude", "--no-cache", "hello"], {
      env: auto(),
      whenSpawned: (spawned) => {
        child = spawned;
      },
    });
    await expect.poll(() => vendor.requests.length, patience).toBe(1);
    child?.kill("SIGINT");
    expect((await ended).code).toBe(130);
    await expect.poll(() => isLeft, patience).toBe(true);
    vendor.answer = plays("claude", "Another");
    const next = await home.acc(["chat", "-v", "-p", "claude", "hello"], { env: auto() });
    expect(next.stdout).toBe("Another\n");
    expect(through.exec(next.stderr)?.[1]).toBe(`${serve.child.pid}`);
  });

  it("a server that is told to end finishes the call; one that is killed is told of", async () => {
    const release: (() => void)[] = [];
    vendor.answer = async (response, request) => {
      await new Promise<void>((resolve) => release.push(resolve));
      await plays("claude", "An answer")(response, request);
    };
    const ask = () => home.acc(["chat", "-p", "claude", "--no-cache", "hello"], { env: auto() });
    const first = await serving();
    const finished = ask();
    await expect.poll(() => release.length, patience).toBe(1);
    first.child.kill("SIGTERM");
    await expect.poll(() => first.said(), patience).toContain("Calls in flight are finished");
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
    vendor.answer = plays("claude", "By itself");
    const next = await home.acc(["chat", "-v", "-p", "claude", "hello"], { env: auto() });
    expect(next.stderr).toContain(alone("no acc serve of yours runs"));
    expect(next.stdout).toBe("By itself\n");
    await serving();
    expect(await readdir(socketsFolder())).toHaveLength(1);
    const third = await home.acc(["chat", "-v", "-p", "claude", "hello"], { env: auto() });
    expect(third.stderr).toMatch(through);
  });
});

describe("acc chat asks by itself", () => {
  const said = async (env: Record<string, string>, words: readonly string[] = []) => {
    const run = await home.acc(["chat", "-v", "-p", "claude", "--no-cache", ...words, "hello"], {
      env,
    });
    expect(run).toMatchObject({ code: 0, stdout: "An answer\n" });
    const quiet = await home.acc(["chat", "-p", "claude", "--no-cache", ...words, "hello"], {
      env,
    });
    expect(quiet.stderr).toBe("");
    return run.stderr.split("\n")[0];
  };

  it("where it is not told to look, or told not to", async () => {
    await serving();
    expect(await said(base())).toContain("→ claude sdk");
    expect(await said({ ...base(), ACC_SERVER: "off" })).toContain("→ claude sdk");
  });

  it("where none runs", async () => {
    expect(await said(auto())).toBe(alone("no acc serve of yours runs"));
  });

  it.each([
    ["ANTHROPIC_API_KEY", "another-key-0123456789"],
    ["HTTPS_PROXY", "http://127.0.0.1:9"],
    ["ACC_CACHE_DIR", "/tmp/another"],
    ["ACC_CLAUDE_CLI", "/bin/another"],
    ["GROQ_API_KEY", "another-key-0123456789"],
    ["HUGGING_FACE_HUB_TOKEN", "another-key-0123456789"],
    ["CLAUDE_CONFIG_DIR", "/tmp/another"],
  ])("where %s is another", async (name, value) => {
    await serving();
    const line = await said({ ...auto(), NO_PROXY: "", [name]: value });
    expect(line).toBe(alone(`of acc serve another is: ${name}`));
    expect(await said({ ...auto(), TERM: "dumb", SSH_TTY: "/dev/pts/9" })).toMatch(through);
  });

  it("where the config file is another by now", async () => {
    await serving();
    await mkdir(join(home.path, ".config", "acc"), { recursive: true });
    const own = { mine: { like: "claude", model: "a-model" } };
    await writeFile(
      join(home.path, ".config", "acc", "config.json"),
      JSON.stringify({ server: "auto", model: "another-model", providers: own }),
    );
    expect(await said(base())).toBe(alone("of acc serve another is: the config file"));
    expect(JSON.parse(vendor.requests.at(-1)?.body ?? "").model).toBe("another-model");
  });

  // openai/codex#27765: a home in a deep folder, of which nobody was told anything.
  it("where the address of a socket would be too long, and both say so", async () => {
    const far = { XDG_CONFIG_HOME: join(home.path, "x".repeat(100)) };
    const why = `the path of ${join(far.XDG_CONFIG_HOME, "acc", "server", "chat")} is too long for a socket`;
    const serve = await serving({ ...far, ACC_SERVER: "auto" });
    expect(serve.said()).toContain(`acc chat asks by itself: ${why}.`);
    expect(await said({ ...auto(), ...far })).toBe(alone(why));
  });

  // vercel-labs/agent-browser#1127: a newer program asked the daemon of the older one.
  it("where the program was updated since the server began", async () => {
    await serving();
    const dist = join(home.path, "acc", "dist");
    await cp(dirname(accMain), dist, { recursive: true });
    await symlink(join(accMain, "../../node_modules"), join(home.path, "acc", "node_modules"));
    const env = { HOME: home.path, PATH: `${dirname(process.execPath)}:/bin`, ...auto() };
    const words = [join(dist, "main.cjs"), "chat", "-v", "--no-stdin", "-p", "claude", "hello"];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, words, { env });
    expect(stdout).toBe("An answer\n");
    expect(stderr).toContain(alone("of acc serve another is: the build of acc"));
  });

  it("where its owner's token is another, or cannot be had without a question", async () => {
    const noToken = alone("acc serve has an owner's token that is not at hand here");
    await serving({ ACC_SERVER_TOKEN: `acc-owner-of-another-${"0".repeat(32)}` });
    expect(await said(auto())).toBe(noToken);
    expect(
      await said({ ...auto(), ACC_SERVER_TOKEN: `acc-owner-of-a-third-${"0".repeat(32)}` }),
    ).toBe(noToken);
  });

  it("where the store has been locked since", async () => {
    const noToken = alone("acc serve has an owner's token that is not at hand here");
    await serving();
    await lockStore(home);
    const { stderr } = await home.acc(["chat", "-v", "-p", "claude", "hello"], { env: auto() });
    expect(stderr).toContain(noToken);
  });

  it("and a value that it does not know is told of", async () => {
    const env = { ...base(), ACC_SERVER: "http://127.0.0.1:1" };
    const { code, stderr } = await home.acc(["chat", "-p", "claude", "hello"], { env });
    expect(code).toBe(2);
    expect(stderr).toContain('ACC_SERVER is "http://127.0.0.1:1" and must be "auto" or "off".');
    expect(stderr).toContain("(INVALID_SETTING)");
    expect(vendor.requests).toEqual([]);
  });
});

describe("a socket", () => {
  const playedSocket = () => {
    const machine = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
    return join(socketsFolder(), `${machine}-x.sock`);
  };
  /** Listens as a server of another would, who does not know the token; gives what it is told. */
  async function impostor(answer: object): Promise<{ connections: number; heard: string }> {
    const told = { connections: 0, heard: "" };
    const server = createServer((socket) => {
      told.connections += 1;
      socket.on("error", () => {});
      socket.on("data", (text) => {
        told.heard += text;
        socket.write(`${JSON.stringify(answer)}\n`);
      });
      socket.write(`${JSON.stringify({ nonce: "n" })}\n`);
    });
    listening.push(server);
    await mkdir(socketsFolder(), { recursive: true, mode: 0o700 });
    await new Promise<void>((resolve) => server.listen(playedSocket(), resolve));
    return told;
  }
  const accepted = { accepted: { pid: 1, proof: "p" } };
  const withToken = () => ({ ...auto(), ACC_SERVER_TOKEN: "acc-owner-canary-0123456789" });

  it("of one who does not know the token is told neither that, nor a key, nor the prompt", async () => {
    const told = await impostor(accepted);
    const words = ["chat", "-v", "-p", "claude", "what nobody is to read"];
    const { stdout, stderr } = await home.acc(words, { env: withToken() });
    expect(stdout).toBe("An answer\n");
    expect(stderr).toContain("owner's token that is not at hand");
    expect(told.connections).toBe(1);
    expect(told.heard).toContain("proof");
    expect(told.heard).not.toMatch(/acc-owner-canary|nobody is to read|127\.0\.0\.1/);
    expect(formsIn(told.heard)).toEqual([]);
  });

  it.each(["720", "702", "755"])("in a folder with rights %s is not looked at", async (rights) => {
    const told = await impostor(accepted);
    await chmod(socketsFolder(), Number.parseInt(rights, 8));
    const { stdout, stderr } = await home.acc(["chat", "-v", "-p", "claude", "hello"], {
      env: withToken(),
    });
    expect(stdout).toBe("An answer\n");
    expect(stderr).toContain(alone(`others can reach or move ${socketsFolder()}`));
    expect(told.connections).toBe(0);
  });

  it("below a folder that others can write to is not looked at", async () => {
    const told = await impostor(accepted);
    await chmod(join(home.path, ".config"), 0o777);
    await home.acc(["chat", "-p", "claude", "hello"], { env: withToken() });
    expect(told.connections).toBe(0);
  });

  it("that says nothing costs two seconds and no answer", async () => {
    let connections = 0;
    const server = createServer(() => {
      connections += 1;
    });
    listening.push(server);
    await mkdir(socketsFolder(), { recursive: true, mode: 0o700 });
    await new Promise<void>((resolve) => server.listen(playedSocket(), resolve));
    const words = ["chat", "-v", "-p", "claude", "hello"];
    const { stdout, stderr } = await home.acc(words, { env: withToken() });
    expect(stdout).toBe("An answer\n");
    expect(stderr).toContain(alone("acc serve did not answer in time"));
    expect(connections).toBe(1);
  });

  it("that says what no acc serve says costs no answer", async () => {
    const told = await impostor({ accepted: { pid: 1, proof: { toString: 1 } } });
    const { stdout } = await home.acc(["chat", "-p", "claude", "hello"], { env: withToken() });
    expect([stdout, told.connections]).toEqual(["An answer\n", 1]);
    for (const server of listening.splice(0)) server.close();
    await impostor(5 as unknown as object);
    const words = ["chat", "-v", "-p", "claude", "--no-cache", "hello"];
    const { stderr } = await home.acc(words, { env: withToken() });
    expect(stderr).toContain(alone("what listens there is no acc serve"));
  });

  it.each([
    ["no proof", "{}"],
    ["no JSON", "no JSON"],
    ["a wrong proof", '{"proof":"x","nonce":"y","terms":{}}'],
    ["a proof that is no text", '{"proof":{"toString":1}}'],
    ["an introduction that is a list", "[[]]"],
  ])("of acc serve refuses %s, and serves on", async (_, line) => {
    await serving();
    const [name = ""] = await readdir(socketsFolder());
    const socket = connect(join(socketsFolder(), name));
    let heard = "";
    socket.on("data", (text) => {
      heard += text;
    });
    socket.on("error", () => {});
    const ended = new Promise((resolve) => socket.once("close", resolve));
    socket.write(`${line}\n${JSON.stringify({ how: "chat", names: ["claude"], request: "x" })}\n`);
    await ended;
    expect(heard).not.toContain("accepted");
    expect(vendor.requests).toEqual([]);
    const { stderr } = await home.acc(["chat", "-v", "-p", "claude", "hello"], { env: auto() });
    expect(stderr).toMatch(through);
  });

  it("of acc serve reads no line without end", async () => {
    await serving();
    const [name = ""] = await readdir(socketsFolder());
    const socket = connect(join(socketsFolder(), name));
    socket.on("error", () => {});
    socket.resume();
    const closed = new Promise((resolve) => socket.once("close", () => resolve("closed")));
    socket.write("x".repeat(1024 * 1024));
    // Who says nothing more is let go after ten seconds in any case.
    expect(await Promise.race([closed, setTimeout(8_000, "open")])).toBe("closed");
    const { stderr } = await home.acc(["chat", "-v", "-p", "claude", "hello"], { env: auto() });
    expect(stderr).toMatch(through);
  });
});

describe("acc doctor", () => {
  const look = async (env: Record<string, string>) => {
    const { stdout } = await home.acc(["doctor", "--json"], { env });
    return JSON.parse(stdout).server;
  };

  it("tells whether acc chat asks through a server, and why not", async () => {
    expect(await look(base())).toEqual({ setting: "off", reason: "no acc serve of yours runs" });
    const { child } = await serving();
    expect(await look(base())).toEqual({ setting: "off", pid: child.pid });
    expect(await look(auto())).toEqual({ setting: "auto", pid: child.pid });
    expect(await look({ ...auto(), GROQ_API_KEY: "another-key" })).toEqual({
      setting: "auto",
      reason: "of acc serve another is: GROQ_API_KEY",
    });
    const { stdout } = await home.acc(["doctor"], { env: auto() });
    expect(stdout).toContain(`acc serve\n  acc chat asks through it, process ${child.pid}`);
    expect(vendor.requests).toEqual([]);
  });
});
