import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, lstatSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openSecrets } from "../src/index.ts";
import { folderBytes } from "./folder-bytes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const program = fileURLToPath(new URL("./fixtures/programs/use-store.mjs", import.meta.url));
const nobody = ["--reuid=65534", "--regid=65534", "--clear-groups", "--"];
const asRoot = process.platform === "linux" && process.getuid?.() === 0;

const use = (...args: string[]): string =>
  execFileSync(process.execPath, [program, ...args], { encoding: "utf8" }).trim();

/** The program and the built package where every user can read them: a checkout may be private. */
function publicProgram(): string {
  const folder = temporaryFolder();
  const copy = join(folder, "node_modules/@acc/secrets");
  cpSync(fileURLToPath(new URL("../dist", import.meta.url)), join(copy, "dist"), {
    recursive: true,
  });
  cpSync(fileURLToPath(new URL("../package.json", import.meta.url)), join(copy, "package.json"));
  cpSync(program, join(folder, "use-store.mjs"));
  execFileSync("chmod", ["-R", "a+rX", folder]);
  return join(folder, "use-store.mjs");
}

/** Root passes over file modes, so these run as another user. */
const asNobody = (...args: string[]): string =>
  execFileSync("setpriv", [...nobody, process.execPath, publicProgram(), ...args], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: "/nonexistent" },
  }).trim();

const modes = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => {
    const stat = lstatSync(join(folder, name));
    return `${stat.isDirectory() ? "folder" : "file"} ${(stat.mode & 0o777).toString(8)}`;
  });

test.runIf(process.env.CI && process.platform === "linux")("CI runs these as root", () => {
  expect(asRoot).toBe(true);
});

test.skipIf(process.platform === "win32").each(["000", "022", "077"])(
  "under umask %s every file is 0600 and every folder 0700",
  (mask) => {
    const top = temporaryFolder();
    const directory = join(top, "made", "deeper");
    expect(use(directory, mask, "first-value-0001", "first-value-0002")).toBe("first-value-0002");
    const found = modes(top);
    expect(found.filter((mode) => mode !== "file 600")).toEqual(["folder 700", "folder 700"]);
    expect(readdirSync(directory)).toEqual([
      "acc-secrets.audit.jsonl",
      "acc-secrets.json",
      "acc-secrets.json.bak",
      "acc-secrets.json.lock",
      "acc-secrets.key",
      "acc-secrets.key.lock",
    ]);
  },
);

test.skipIf(!asRoot)("another user can neither read the store nor take its place", async () => {
  const top = temporaryFolder();
  chmodSync(top, 0o755);
  const directory = join(top, "store");
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0001");
  const before = folderBytes(directory);
  expect(asNobody(directory, "000", "first-value-0002")).toBe("READ_FAILED");
  chmodSync(directory, 0o755);
  expect(asNobody(directory, "000", "first-value-0002")).toBe("READ_FAILED");
  expect(folderBytes(directory)).toEqual(before);
});

test.skipIf(!asRoot)("a user's own store works for them, and its modes hold", () => {
  const top = temporaryFolder();
  chmodSync(top, 0o755);
  const home = join(top, "home");
  mkdirSync(home, { mode: 0o700 });
  chownSync(home, 65534, 65534);
  expect(asNobody(join(home, "store"), "000", "first-value-0001")).toBe("first-value-0001");
  expect(modes(home).filter((mode) => mode !== "file 600")).toEqual(["folder 700"]);
});

test.skipIf(!asRoot)(
  "in a read-only folder reading works, writing is refused, no byte changes",
  () => {
    const top = temporaryFolder();
    chmodSync(top, 0o755);
    const home = join(top, "home");
    mkdirSync(home, { mode: 0o700 });
    chownSync(home, 65534, 65534);
    const directory = join(home, "store");
    asNobody(directory, "077", "first-value-0001");
    chmodSync(directory, 0o500);
    const before = folderBytes(directory);
    expect(asNobody(directory, "077", "first-value-0002")).toBe("FOLDER_NOT_WRITABLE");
    expect(asNobody(join(home, "store", "new"), "077", "first-value-0002")).toBe(
      "FOLDER_NOT_WRITABLE",
    );
    expect(folderBytes(directory)).toEqual(before);
  },
);
