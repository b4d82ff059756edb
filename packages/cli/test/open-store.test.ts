import { execFile, spawnSync } from "node:child_process";
import { chmod, cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { accMain, testKey } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";
import { accLine, canDriveTerminal, Terminal } from "./terminal.ts";

const vectors = "../../secrets/test/fixtures/vectors/python-original/store";
const original = fileURLToPath(new URL(vectors, import.meta.url));
const home = homeAnew();

const keep = (name: string, value: string, ...flags: string[]) =>
  home.acc(["secrets", "set", name, ...flags], { stdin: value });
const names = async (flags: readonly string[], env: Record<string, string> = {}) =>
  (await home.acc(["secrets", "list", ...flags], { env })).stdout;
const firstKey = async () =>
  (await home.acc(["secrets", "keys", "list"])).stdout.split(" ")[0] ?? "";

describe("acc secrets, opened by", () => {
  it("a key of the environment, which then suffices alone", async () => {
    await keep("groq_api_key", testKey);
    const old = await firstKey();
    const env = { ACC_SECRETS_KEY: `${Buffer.alloc(32, 7).toString("base64url")}=` };
    const unlock = ["--unlock", "file:.config/acc/acc-secrets.key"];
    const added = await home.acc(["secrets", "keys", "add", "env", ...unlock], { env });
    expect([added.code, added.stderr]).toEqual([0, expect.stringMatching(/The \w+ key .* opens/)]);
    const both = ["--unlock", "env"];
    expect((await home.acc(["secrets", "keys", "remove", old, ...both], { env })).code).toBe(0);
    expect(await names([], env)).toBe("groq_api_key\n");
    expect((await home.acc(["secrets", "list"])).code).toBe(1);
  });

  it.runIf(canDriveTerminal)("a passphrase, typed unseen, and by no other", async () => {
    await keep("groq_api_key", testKey);
    const type = async (args: string, phrase: string, again?: string): Promise<string> => {
      const terminal = new Terminal(accLine(args, { HOME: home.path }));
      try {
        await terminal.see(/The (new )?passphrase/);
        terminal.press("-l", phrase);
        terminal.press("Enter");
        if (again !== undefined) {
          await terminal.see(/once more/);
          terminal.press("-l", again);
          terminal.press("Enter");
        }
        return await terminal.see(/\[exit \d+\]/);
      } finally {
        await terminal.close();
      }
    };
    const add = "secrets keys add passphrase";
    const phrase = "correct horse battery staple";
    expect(await type(add, phrase, "another horse")).toMatch(
      /entries of the new passphrase differ[\s\S]*\[exit 2\]/,
    );
    const added = await type(add, phrase, phrase);
    expect(added).toMatch(/The passphrase key [0-9a-f]+ now opens the store\.[\s\S]*\[exit 0\]/);
    expect(added).not.toContain("horse");
    const list = "secrets list --unlock passphrase";
    expect(await type(list, "correct horse battery staple")).toContain("groq_api_key");
    expect(await type(list, "correct horse battery stable")).toMatch(
      /WRONG_PASSPHRASE[\s\S]*\[exit 1\]/,
    );
  });

  it("nothing that is not known", async () => {
    const { code, stderr } = await home.acc(["secrets", "list", "--unlock", "retina"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("env, passphrase, keychain")]);
  });
});

describe("acc secrets", () => {
  it("takes roles away, and tells so in the list", async () => {
    await keep("groq_api_key", testKey);
    const rules = join(home.path, "rules.json");
    await writeFile(rules, '[{ "verbs": ["read"], "names": ["groq_*"] }]');
    await home.acc(["secrets", "roles", "set", "ci", rules]);
    await home.acc(["secrets", "roles", "set", "dev", rules]);
    await home.acc(["secrets", "roles", "remove", "ci"]);
    const { roles } = JSON.parse((await home.acc(["secrets", "roles", "list", "--json"])).stdout);
    expect(Object.keys(roles)).toEqual(["dev"]);
  });

  it("starts anew with recover --reset, and keeps what was there under another name", async () => {
    await keep("groq_api_key", testKey);
    const folder = join(home.path, ".config", "acc");
    const store = await readFile(join(folder, "acc-secrets.json"));
    const { code, stderr } = await home.acc(["secrets", "recover", "--reset"]);
    expect([code, stderr]).toEqual([0, expect.stringContaining("Renamed, not deleted: ")]);
    const kept = (await readdir(folder)).find((name) => /^acc-secrets\.json\.reset-/.test(name));
    expect(await readFile(join(folder, kept ?? ""))).toEqual(store);
    expect(await names([])).toBe("");
    await keep("other_api_key", testKey);
    expect(await names([])).toBe("other_api_key\n");
  });

  it("imports the store of the Python original, from where it keeps it and by path", async () => {
    const expected = JSON.parse(await readFile(join(original, "expected.json"), "utf8"));
    const usual = join(home.path, ".ipfs_accelerate");
    await cp(original, usual, { recursive: true });
    for (const file of ["secrets.enc", "secrets.key"]) await chmod(join(usual, file), 0o600);
    const args = ["secrets", "import", "--json", "--original"];
    const first = JSON.parse((await home.acc(args)).stdout);
    expect(first.imported).toContain("openai_api_key");
    const { stdout } = await home.acc(["secrets", "get", "openai_api_key", "--reveal"]);
    expect(stdout).toBe(`${expected.openai_api_key}\n`);
    const again = JSON.parse((await home.acc([...args, join(usual, "secrets.enc")])).stdout);
    expect([again.imported, again.unchanged]).toEqual([[], first.imported]);
    const none = await home.acc([...args, join(home.path, "none")]);
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining("NOT_FOUND")]);
  });

  it("refuses 100 MB on stdin as a value", async () => {
    const { code, stderr } = await keep("groq_api_key", "x".repeat(100_000_000));
    expect([code, stderr]).toEqual([2, expect.stringContaining("INPUT_TOO_LARGE")]);
    expect(await names([])).toBe("");
  });
});

const hasKeyring =
  process.platform === "linux" &&
  ["dbus-run-session", "gnome-keyring-daemon"].every(
    (command) => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0,
  );

/** With a session bus and a keyring of its own; CI has both. */
describe.runIf(hasKeyring || Boolean(process.env.CI))("with a real keychain, acc secrets", () => {
  it("imports what is there, and opens the store by it", async () => {
    const runtime = join(home.path, "run");
    await mkdir(runtime, { mode: 0o700 });
    const acc = `'${process.execPath}' '${accMain}' secrets`;
    const inKeychain = `import { createKeychainStore } from "@acc/secrets";
      await createKeychainStore().set("groq_api_key", "${testKey}");`;
    const script = `set -e
      printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null
      '${process.execPath}' --input-type=module -e '${inKeychain}'
      ${acc} import --keychain --json
      ${acc} keys add keychain >/dev/null 2>&1
      ${acc} list --unlock keychain --json`;
    const { stdout } = await promisify(execFile)("dbus-run-session", ["--", "bash", "-c", script], {
      cwd: dirname(dirname(accMain)),
      env: { PATH: process.env.PATH, HOME: home.path, XDG_RUNTIME_DIR: runtime },
      timeout: 60_000,
    });
    const [report = "", list = ""] = stdout.trim().split("\n");
    expect(JSON.parse(report)).toEqual({ imported: ["groq_api_key"], unchanged: [], skipped: [] });
    expect(JSON.parse(list)).toEqual({ names: ["groq_api_key"] });
  }, 60_000);
});
