import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { accMain, testKey } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";

const home = homeAnew();

describe("acc", () => {
  it("alone says what to do next on this machine", async () => {
    const bare = await home.acc([]);
    expect(bare.code).toBe(0);
    expect(bare.stdout).toMatch(/No provider is ready.*\n[\s\S]*acc secrets set anthropic_api_key/);
    const ready = await home.acc([], { env: { GROQ_API_KEY: testKey } });
    expect(ready.stdout).toMatch(/groq is ready[\s\S]*acc chat/);
  });

  it.each([
    [["chta"], /Did you mean chat\?/],
    [["secrets", "lst"], /Did you mean list\?/],
    [["chat", "--jsno", "hi"], /Did you mean --json\?/],
    [["cache", "--nonsense"], /--nonsense/],
    [["chat", "--timeout", "soon", "hi"], /30s, 2m/],
    [["chat", "-t", "3", "hi"], /0 to 2/],
    [["chat", "--no-cache", "--refresh", "hi"], /exclude each other/],
    [["chat", "--file", "/no/such/file"], /no\/such\/file cannot be read: ENOENT/],
    [["chat", "--image", "x.bmp", "hi"], /x\.bmp/],
    [["chat", "-i", "--json"], /conversation/],
    [["secrets", "get", "a/b c"], /name/i],
    [["secrets", "exec", "--", "true"], /No secret was chosen/],
  ])("exits 2 on %j and says what is right", async (args, message) => {
    const { code, stdout, stderr } = await home.acc(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });

  /** bastani-inc/atomic#1950, simonw/llm#871: an item of a list, a negative number. */
  it.each(["- an item", "-5 degrees", "--find me"])("says where %j goes", async (text) => {
    const { code, stderr } = await home.acc(["chat", text]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("acc chat -- TEXT\n")]);
    const behind = await home.acc(["chat", "-p", "claude", "--", text]);
    expect(behind.stderr).toContain("MISSING_CREDENTIALS");
  });

  it.each([
    [["--nothing"], "acc"],
    [["chta"], "acc"],
    [["chat", "--jsn", "hi"], "acc chat"],
    [["secrets"], "acc secrets"],
    [["secrets", "sett"], "acc secrets"],
    [["secrets", "set"], "acc secrets set"],
    [["secrets", "keys", "add"], "acc secrets keys add"],
  ])("names the help that is about %j", async (args, command) => {
    const { code, stderr } = await home.acc(args);
    expect([code, stderr.trimEnd().split("\n").at(-1)]).toEqual([2, `Run: ${command} --help`]);
  });

  it.each([
    [["nosuch", "--help"], "acc", /chat, doctor, secrets/],
    [["--help", "nosuch"], "acc", /chat, doctor, secrets/],
    [["help", "nosuch"], "acc", /chat, doctor, secrets/],
    [["nosuch"], "acc", /chat, doctor, secrets/],
    [["-q", "docto", "--help"], "acc", /Did you mean doctor\?/],
    [["secrets", "lst", "-h"], "acc secrets", /Did you mean list\?[\s\S]*set, get, list/],
    [["help", "secrets", "nosuch"], "acc secrets", /set, get, list/],
    [["cache"], "acc cache", /stats, list, show/],
  ])("names the commands that there are on %j", async (args, command, there) => {
    const { code, stderr } = await home.acc(args);
    expect([code, stderr.trimEnd().split("\n").at(-1)]).toEqual([2, `Run: ${command} --help`]);
    expect(stderr).toMatch(there);
  });

  it.each([
    [["help"], "acc"],
    [["help", "secrets", "keys"], "acc secrets keys"],
    [["secrets", "help", "keys"], "acc secrets keys"],
    [["chat", "a word", "--help"], "acc chat"],
    [["complete", "--help"], "acc complete"],
  ])("shows help on %j", async (args, command) => {
    const { code, stdout, stderr } = await home.acc(args);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(new RegExp(`^Usage: ${command} \\[`));
  });

  it("says first that the keys of the store are no API keys", async () => {
    const { stdout } = await home.acc(["secrets", "keys", "--help"]);
    expect(stdout.split("\n")[2]).toBe(
      "Manage the keys that open the store. For API keys, use acc secrets set.",
    );
  });

  it.each([
    "chat",
    "doctor",
    "secrets",
    "secrets set",
    "secrets rotate",
    "secrets exec",
    "cache",
    "cache stats",
    "models",
    "config",
  ])("shows examples in the help of %s", async (words) => {
    const { code, stdout } = await home.acc([...words.split(" "), "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`Examples:\n  `);
    expect(stdout).toContain(`acc ${words}`);
  });

  it.each(["bash", "zsh", "fish"])("completes in %s", async (shell) => {
    expect((await home.acc(["complete", shell])).stdout).toContain("acc");
    expect((await home.acc(["complete", "--", "secrets", "ro"])).stdout).toMatch(/^rotate\t/);
  });

  it("reads a config file without a version as the first, and refuses a newer one", async () => {
    const config = join(home.path, "config.json");
    const env = { ACC_CONFIG: config };
    const explained = async () => (await home.acc(["config", "explain", "--json"], { env })).stdout;
    for (const start of ["", '"version": 1, ']) {
      await writeFile(config, `{ ${start}"model": "a-model", }`);
      expect(await explained()).toContain('"a-model"');
    }
    const newer = '{ "modelOf": { "chat": [1] }, "version": 2 }';
    await writeFile(config, newer);
    const { code, stderr } = await home.acc(["config", "explain"], { env });
    expect([code, stderr]).toEqual([2, expect.stringContaining("NEWER_VERSION")]);
    expect(await readFile(config, "utf8")).toBe(newer);
  });

  it("names the line and column of what is wrong in the config file", async () => {
    const config = join(home.path, "config.json");
    await writeFile(config, '{\n  "prefer": "neither"\n}');
    const env = { ACC_CONFIG: config };
    const wrong = await home.acc(["chat", "hi"], { env });
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain(`${config}:2:13: "prefer" must be "sdk" or "cli"`);
    await writeFile(config, '{ "modle": "x" }');
    expect((await home.acc(["config"], { env })).stderr).toMatch(/:1:3: .*did you mean "model"/);
    await writeFile(config, "{ nonsense");
    expect((await home.acc(["config", "explain"], { env })).stderr).toContain("config.json:1:3");
  });

  /** netbirdio/netbird#237: a disk that is full, or a folder that is mounted read-only. */
  it("leaves a config file that cannot be written as it was, and says so", async () => {
    // Its name has no room for what is put beside it.
    const path = join(home.path, `${"c".repeat(250)}.json`);
    await writeFile(path, '{ "model": "one" }');
    const env = { ACC_CONFIG: path };
    const { code, stderr } = await home.acc(["config", "set", "model", "two"], { env });
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining("(FILE_UNWRITABLE)\nCheck that you may write"),
    ]);
    expect(await readFile(path, "utf8")).toBe('{ "model": "one" }');
    await mkdir(join(home.path, ".config", "acc"), { recursive: true });
    await writeFile(join(home.path, ".config", "acc", "templates"), "a file, and no folder");
    const added = await home.acc(["templates", "add", "one"], { stdin: "Sum up" });
    expect([added.code, added.stderr]).toEqual([1, expect.stringContaining("(FILE_UNWRITABLE)")]);
  });

  it("explains where each setting comes from", async () => {
    expect((await home.acc(["config", "init"])).code).toBe(0);
    expect((await home.acc(["config", "init"])).stderr).toContain("CONFIG_EXISTS");
    const { stdout } = await home.acc(["config", "explain", "--json"], {
      env: { ACC_PREFER: "cli" },
    });
    expect(JSON.parse(stdout).settings).toContainEqual({
      name: "prefer",
      value: "cli",
      source: "env:ACC_PREFER",
    });
    const wrong = await home.acc(["config"], { env: { ACC_CACHE: "perhaps" } });
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("ACC_CACHE")]);
  });

  it("shows each provider's default model", async () => {
    const { models } = JSON.parse((await home.acc(["models", "--json"])).stdout);
    expect(models.map(({ provider }: { provider: string }) => provider)).toEqual([
      "claude",
      "gemini",
      "groq",
      "openai",
    ]);
    for (const { default: model } of models) expect(model).toMatch(/\w/);
  });

  it("refuses a 100 MB prompt at once, and one that is not text", async () => {
    const large = await home.acc(["chat", "--json"], { stdin: "x".repeat(100_000_000) });
    // On a busy machine the note that stdin has said nothing yet may stand before it.
    const { error } = JSON.parse(large.stderr.trimEnd().split("\n").at(-1) ?? "");
    expect([large.code, error.code]).toEqual([2, "INPUT_TOO_LARGE"]);
    const file = join(home.path, "bytes");
    await writeFile(file, Buffer.from([0xff, 0xfe, 0x00]));
    expect((await home.acc(["chat", "-f", file])).stderr).toContain("INPUT_NOT_TEXT");
  });

  it("says nothing when nobody reads on", async () => {
    const child = spawn(process.execPath, [accMain, "--help"], { env: { HOME: home.path } });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    const [code] = await once(child, "close");
    expect([code, stderr]).toEqual([0, ""]);
  });

  it.skipIf(process.platform === "win32")("says so in a folder that was deleted", async () => {
    const gone = join(home.path, "gone");
    await mkdir(gone);
    const script = 'cd "$1" && rmdir "$1" && exec "$2" "$3" batch in.jsonl -o out.jsonl';
    const args = ["-c", script, "sh", gone, process.execPath, accMain];
    const child = spawn("/bin/sh", args, { env: { HOME: home.path } });
    const heard = child.stderr.setEncoding("utf8").toArray();
    const [code] = await once(child, "close");
    expect(code).toBe(1);
    expect((await heard).join("")).toMatch(
      /^acc: The current folder was .*FOLDER_DELETED.*\n.*cd ~/,
    );
  });

  it("keeps its notes back with --quiet, and errors not", async () => {
    const quiet = await home.acc(["--quiet", "secrets", "set", "groq_api_key"], { stdin: testKey });
    expect(quiet).toEqual({ code: 0, stdout: "", stderr: "" });
    expect((await home.acc(["secrets", "delete", "nothing_key", "-q"])).stderr).toContain(
      "NOT_FOUND",
    );
  });

  it("refuses a store whose key is another", async () => {
    await home.acc(["secrets", "set", "groq_api_key"], { stdin: testKey });
    const other = Buffer.alloc(32, 7).toString("base64url");
    const env = { ACC_SECRETS_KEY: `${other}=` };
    const { code, stderr } = await home.acc(["secrets", "list", "--json"], { env });
    expect([code, JSON.parse(stderr).error.code]).toEqual([1, "WRONG_KEY"]);
  });

  it("waits for a store that another machine has locked, then says so and changes nothing", async () => {
    await home.acc(["secrets", "set", "groq_api_key"], { stdin: testKey });
    const store = join(home.path, ".config", "acc", "acc-secrets.json");
    const before = await readFile(store);
    const owner = { pid: 1, start: "", place: "another machine", nonce: "of-another" };
    await writeFile(`${store}.owner`, JSON.stringify(owner), { mode: 0o600 });
    const { code, stderr } = await home.acc(["secrets", "set", "other_api_key"], {
      stdin: testKey,
    });
    expect([code, stderr]).toEqual([1, expect.stringContaining("LOCK_TIMEOUT")]);
    expect(await readFile(store)).toEqual(before);
  }, 30_000);
});
