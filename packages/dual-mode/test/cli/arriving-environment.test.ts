import { createSecret } from "@acc/secrets";
import { expect, test, vi } from "vitest";
import type { CommandContext, CommandPlan } from "../../src/cli/command.ts";
import { collect, failureOf, Scene } from "./scene.ts";

const scene = new Scene();
const key = "sk-test-0123456789abcdef";

/** Which variables really arrive in a child, out of a parent that is full of traps. */
async function arriving(more: Partial<CommandContext>, plan: Partial<CommandPlan> = {}) {
  const traps = {
    NODE_OPTIONS: "--max-old-space-size=64",
    ACC_SECRETS_KEY: "master-key",
    OPENAI_API_KEY: "other-key",
    FIRST_API_KEY: "parent-key",
    FIRST_BASE_URL: "http://elsewhere",
    SECRET_OF_SOMEBODY: "secret",
  };
  for (const [name, value] of Object.entries(traps)) {
    vi.stubEnv(name, value);
  }
  const env = {
    ...traps,
    PATH: "/usr/bin:/bin",
    LANG: "C.UTF-8",
    HOME: "/home/ada",
    USER: "ada",
    XDG_CONFIG_HOME: "/home/ada/.config",
  };
  const args = plan.args ?? ["plain", "arguments"];
  const run = scene.run("dump", { keyVariable: "FIRST_API_KEY", args, ...plan }, { env, ...more });
  const [line = ""] = await collect(run.lines);
  return JSON.parse(line) as { env: Record<string, string>; argv: string[] };
}

test("on a key route: this route's key, and nobody else's", async () => {
  const secret = createSecret("first", key);
  const credential = { kind: "key", source: "option", secret } as const;
  const { env, argv } = await arriving({ credential }, { env: { MODE: "1" } });
  expect(Object.keys(env).sort()).toEqual(
    ["FIRST_API_KEY", "HOME", "LANG", "MODE", "PATH", "SCENE", "TMPDIR"].sort(),
  );
  expect(env.FIRST_API_KEY).toBe(key);
  expect(env.HOME).toMatch(new RegExp(`^${scene.temp}`));
  expect(argv).toEqual(["plain", "arguments"]);
});

test("on a login route: the user's home, and no key at all", async () => {
  const { env } = await arriving({ credential: { kind: "login", source: "login" } });
  expect(Object.keys(env).sort()).toEqual(
    ["HOME", "LANG", "PATH", "SCENE", "TMPDIR", "USER", "XDG_CONFIG_HOME"].sort(),
  );
  expect(env.HOME).toBe("/home/ada");
});

test("a key in cli.env is refused on every route before anything is spawned", async () => {
  const cliEnv = { FIRST_API_KEY: key };
  const run = scene.run("dump", { keyVariable: "FIRST_API_KEY" }, { cliEnv });
  const { error } = await failureOf(run.lines);
  expect(error).toMatchObject({ code: "INVALID_REQUEST" });
  expect(String(error)).not.toContain(key);
});
