import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { refuses } from "../../../scripts/vendor-answers.ts";
import { ownWords } from "../src/output/own-words.ts";
import { accMain } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";

const home = homeAnew();

const value = "value-that-nobody-sees";
const keep = (name: string, stdin = value) => home.acc(["secrets", "set", name], { stdin });

describe("what acc prints", () => {
  it.runIf(existsSync("/dev/full"))("is told of where the disk is full, without a stack", () => {
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [accMain, "--help"], {
      env: { HOME: home.path },
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    expect(stderr).toBe("acc: The output cannot be written: ENOSPC. (OUTPUT_FAILED)\n");
    expect(status).toBe(1);
  });

  it("has a package's warnings as notes, which --quiet keeps back", async () => {
    await keep("groq_api_key");
    const env = { GROQ_API_KEY: "another-value-of-the-same" };
    const { stderr } = await home.acc(["models", "-p", "groq"], { env });
    expect(stderr).toMatch(/^acc: groq_api_key is taken from store/m);
    expect(stderr).not.toMatch(/\(node:|Warning/);
    const quiet = await home.acc(["-q", "models", "-p", "groq"], { env });
    expect(quiet.stderr).toBe("");
  });

  it("names commands where the packages name functions", async () => {
    await keep("groq_api_key");
    await writeFile(join(home.path, ".config/acc/acc-secrets.json"), "{");
    const { stderr } = await home.acc(["secrets", "list"]);
    expect(stderr).toContain("acc secrets recover --reset");
    expect(stderr).not.toMatch(/recover\(|reset\(/);
  });

  it("shows the next step where only how to print is said", async () => {
    const { code, stdout } = await home.acc(["-q", "--no-color"]);
    expect([code, stdout]).toEqual([0, expect.stringContaining("acc doctor")]);
  });
});

it("every sentence that acc says in its own words is still one of a package", () => {
  const sources = ["secrets", "dual-mode", "cache", "batch"].flatMap((name) => {
    const folder = fileURLToPath(new URL(`../../${name}/src`, import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return files
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(folder, file), "utf8"));
  });
  const unsaid = ownWords.filter(([theirs]) => !sources.some((text) => text.includes(theirs)));
  expect(unsaid).toEqual([]);
});

describe("acc secrets exec", () => {
  const exec = (...words: string[]) => home.acc(["secrets", "exec", ...words]);
  beforeEach(() => keep("groq_api_key"));

  it.each([
    ["exit 7", 7],
    ["kill -9 $$", 137],
    ["kill -HUP $$", 129],
    ["kill -TERM $$", 143],
  ])("ends as its command does: %s", async (script, code) => {
    const run = await exec("-s", "groq_api_key", "--", "/bin/sh", "-c", script);
    expect(run).toMatchObject({ code, stderr: "" });
  });

  it("ends with 127 where there is no such command, and tells it as text whatever its flags", async () => {
    const { code, stderr } = await exec("-s", "groq_api_key", "--", "no-such-command", "--json");
    expect([code, stderr]).toEqual([127, expect.stringMatching(/^acc: no-such-command could not/)]);
  });

  it("ends with 126 where a command cannot be run", async () => {
    const { code, stderr } = await exec("-s", "groq_api_key", "--", "/etc/passwd/x");
    expect([code, stderr]).toEqual([126, expect.stringContaining("could not be run: ENOTDIR")]);
  });

  it("does not hand its own --no-color on", async () => {
    const script = ["-s", "groq_api_key", "--", "/bin/sh", "-c", 'printf %s "$NO_COLOR"'];
    const args = ["--no-color", "secrets", "exec", ...script];
    expect((await home.acc(args)).stdout).toBe("");
    expect((await home.acc(args, { env: { NO_COLOR: "yes" } })).stdout).toBe("yes");
  });

  it.each(["groq_api_key=", "groq_api_key=1 2", "groq_api_key=A=B"])(
    "takes %j for no variable",
    async (word) => {
      const { code, stderr } = await exec("-s", word, "--", "/bin/true");
      expect([code, stderr]).toEqual([2, expect.stringContaining("is not the name of a variable")]);
    },
  );
});

describe("acc secrets", () => {
  it("takes --unlock before a name", async () => {
    const env = { ACC_SECRETS_KEY: `${"A".repeat(43)}=` };
    const args = ["secrets", "set", "--unlock", "env", "groq_api_key"];
    expect((await home.acc(args, { env, stdin: value })).code).toBe(0);
  });

  it("adds the key of the environment to a store that its file opens", async () => {
    await keep("groq_api_key");
    const env = { ACC_SECRETS_KEY: `${"A".repeat(43)}=` };
    expect(await home.acc(["secrets", "keys", "add", "env"], { env })).toMatchObject({ code: 0 });
    const { stdout } = await home.acc(["secrets", "list", "--unlock", "env"], { env });
    expect(stdout).toBe("groq_api_key\n");
  });

  it("exports names that a shell takes for variables", async () => {
    await keep("my-key.of:all");
    const { stdout } = await home.acc(["secrets", "export", "--reveal"]);
    const script = `set -eu; ${stdout} printf %s "$MY_KEY_OF_ALL"`;
    expect(execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" })).toBe(value);
  });

  it("says what it left out of a .env file, and replaces nothing within it", async () => {
    const file = join(home.path, ".env");
    await writeFile(file, `STRIPE=sk-${value}\nGROQ_API_KEY=first-one\ngroq_api_key=second-one\n`);
    const { stderr } = await home.acc(["secrets", "import", "--env", file]);
    expect(stderr).toMatch(/Left out, .*--all.*: stripe\./);
    expect(stderr).toContain("groq_api_key was left out: another value is kept under this name");
    expect(stderr).not.toContain(value);
    const { stdout } = await home.acc(["secrets", "get", "groq_api_key", "--reveal"]);
    expect(stdout).toBe("first-one\n");
  });
});

it("imports what it can where a name is kept in another spelling", async () => {
  await keep("X-KEY", "first-one");
  const file = join(home.path, ".env");
  await writeFile(file, "B_TOKEN=b-value\nX_KEY=other\nZ_TOKEN=z-value\n");
  const { code, stdout } = await home.acc(["secrets", "import", "--env", file, "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    imported: ["b_token", "z_token"],
    skipped: [{ name: "x_key", code: "NAME_CONFLICT" }],
  });
});

it("a vendor's words cannot steer the terminal", async () => {
  const message = "\u001b]0;title\u0007 no such model";
  const server = await startLoopbackServer(refuses("claude", 400, { message }));
  const env = { ANTHROPIC_API_KEY: "opens-nothing-at-all", ANTHROPIC_BASE_URL: server.url };
  const { stderr } = await home.acc(["chat", "-v", "-p", "claude", "hi"], { env });
  await server.close();
  expect(stderr).toContain("\\x1b]0;title\\x07 no such model");
  expect(stderr).not.toContain("\u001b");
});

it("a cache that is not a folder is told with what to do", async () => {
  const file = join(home.path, "cache");
  await writeFile(file, "");
  const { code, stderr } = await home.acc(["cache", "stats"], { env: { ACC_CACHE_DIR: file } });
  expect(code).toBe(1);
  expect(stderr).toMatch(/cannot be used: \w+\. \(CACHE_UNAVAILABLE\)\n.*ACC_CACHE_DIR/);
});

it("tells a config file that is named and not there", async () => {
  const env = { ACC_CONFIG: join(home.path, "nowhere.json") };
  const { code, stderr } = await home.acc(["config", "explain"], { env });
  expect([code, stderr]).toEqual([2, expect.stringMatching(/nowhere\.json.* is not there/)]);
  expect((await home.acc(["config", "init"], { env })).code).toBe(0);
  expect((await home.acc(["config", "explain"], { env })).code).toBe(0);
});

it("says the code of a failure behind its first line", async () => {
  const { stderr } = await home.acc(["chat", "-p", "claude", "hi"]);
  expect(stderr.split("\n")[0]).toBe("acc: No route to claude can be tried. (MISSING_CREDENTIALS)");
});
