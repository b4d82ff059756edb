import { execFile } from "node:child_process";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { accMain } from "./acc.ts";
import { lockStore } from "./locked-home.ts";
import { alone, through, throughServerScene } from "./through-server-scene.ts";

const scene = throughServerScene();
const { base, auto, serving } = scene;

// Each test starts some commands, and a server.
vi.setConfig({ testTimeout: 120_000 });

describe("acc chat asks by itself", () => {
  const said = async (env: Record<string, string>, words: readonly string[] = []) => {
    const run = await scene.home.acc(
      ["chat", "-v", "-p", "claude", "--no-cache", ...words, "hello"],
      {
        env,
      },
    );
    expect(run).toMatchObject({ code: 0, stdout: "An answer\n" });
    const quiet = await scene.home.acc(["chat", "-p", "claude", "--no-cache", ...words, "hello"], {
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
    expect(line).toBe(alone(`acc serve has different settings: ${name}`));
    expect(await said({ ...auto(), TERM: "dumb", SSH_TTY: "/dev/pts/9" })).toMatch(through);
  });

  it("where the config file is another by now", async () => {
    await serving();
    await mkdir(join(scene.home.path, ".config", "acc"), { recursive: true });
    const own = { mine: { like: "claude", model: "a-model" } };
    await writeFile(
      join(scene.home.path, ".config", "acc", "config.json"),
      JSON.stringify({ server: "auto", model: "another-model", providers: own }),
    );
    expect(await said(base())).toBe(alone("acc serve has different settings: the config file"));
    expect(JSON.parse(scene.vendor.requests.at(-1)?.body ?? "").model).toBe("another-model");
  });

  // openai/codex#27765: a home in a deep folder, of which nobody was told anything.
  it("where the address of a socket would be too long, and both say so", async () => {
    const far = { XDG_CONFIG_HOME: join(scene.home.path, "x".repeat(100)) };
    const why = `the path of ${join(far.XDG_CONFIG_HOME, "acc", "server", "chat")} is too long for a socket`;
    const serve = await serving({ ...far, ACC_SERVER: "auto" });
    expect(serve.said()).toContain(`acc chat asks by itself: ${why}.`);
    expect(await said({ ...auto(), ...far })).toBe(alone(why));
  });

  // vercel-labs/agent-browser#1127: a newer program asked the daemon of the older one.
  it("where the program was updated since the server began", async () => {
    await serving();
    const dist = join(scene.home.path, "acc", "dist");
    await cp(dirname(accMain), dist, { recursive: true });
    await symlink(
      join(accMain, "../../node_modules"),
      join(scene.home.path, "acc", "node_modules"),
    );
    const env = { HOME: scene.home.path, PATH: `${dirname(process.execPath)}:/bin`, ...auto() };
    const words = [join(dist, "main.cjs"), "chat", "-v", "--no-stdin", "-p", "claude", "hello"];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, words, { env });
    expect(stdout).toBe("An answer\n");
    expect(stderr).toContain(alone("acc serve has different settings: the build of acc"));
  });

  it("where its owner's token is another, or cannot be had without a question", async () => {
    const noToken = alone("acc serve has an owner's token that cannot be read here");
    await serving({ ACC_SERVER_TOKEN: `acc-owner-of-another-${"0".repeat(32)}` });
    expect(await said(auto())).toBe(noToken);
    expect(
      await said({ ...auto(), ACC_SERVER_TOKEN: `acc-owner-of-a-third-${"0".repeat(32)}` }),
    ).toBe(noToken);
  });

  it("where the store has been locked since", async () => {
    const noToken = alone("acc serve has an owner's token that cannot be read here");
    await serving();
    await lockStore(scene.home);
    const { stderr } = await scene.home.acc(["chat", "-v", "-p", "claude", "hello"], {
      env: auto(),
    });
    expect(stderr).toContain(noToken);
  });

  it("and a value that it does not know is told of", async () => {
    const env = { ...base(), ACC_SERVER: "http://127.0.0.1:1" };
    const { code, stderr } = await scene.home.acc(["chat", "-p", "claude", "hello"], { env });
    expect(code).toBe(2);
    expect(stderr).toContain('ACC_SERVER is "http://127.0.0.1:1" and must be "auto" or "off".');
    expect(stderr).toContain("(INVALID_SETTING)");
    expect(scene.vendor.requests).toEqual([]);
  });
});

describe("acc doctor", () => {
  const look = async (env: Record<string, string>) => {
    const { stdout } = await scene.home.acc(["doctor", "--json"], { env });
    return JSON.parse(stdout).server;
  };

  it("tells whether acc chat asks through a server, and why not", async () => {
    expect(await look(base())).toEqual({ setting: "off", reason: "no acc serve of yours runs" });
    const { child } = await serving();
    expect(await look(base())).toEqual({ setting: "off", pid: child.pid });
    expect(await look(auto())).toEqual({ setting: "auto", pid: child.pid });
    expect(await look({ ...auto(), GROQ_API_KEY: "another-key" })).toEqual({
      setting: "auto",
      reason: "acc serve has different settings: GROQ_API_KEY",
    });
    const { stdout } = await scene.home.acc(["doctor"], { env: auto() });
    expect(stdout).toContain(`acc serve\n  acc chat asks through it, process ${child.pid}`);
    expect(scene.vendor.requests).toEqual([]);
  });
});
