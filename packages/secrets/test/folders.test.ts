import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { auditPath, openSecrets, secretsPath } from "../src/index.ts";
import { failsWith } from "./codes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const isRoot = process.getuid?.() === 0 && process.platform === "linux";
const built = new URL("../dist/index.js", import.meta.url).href;

async function store() {
  const directory = join(temporaryFolder(), "store");
  await using secrets = await openSecrets({ directory, env: {} });
  await secrets.set("first_api_key", "first-value-0001");
  return directory;
}

const open = (directory: string, env = {}) => openSecrets({ directory, env });

test.each([0o777, 0o770, 0o722, 0o1777])(
  "a store in a folder of mode %o is not read",
  async (mode) => {
    const directory = await store();
    chmodSync(directory, mode);
    const message = await failsWith(() => open(directory), "UNSAFE_PERMISSIONS");
    expect(message).toContain(`chmod 700 ${directory}`);
    chmodSync(directory, 0o700);
    expect(await (await open(directory)).list()).toEqual(["first_api_key"]);
  },
);

test("a store that is open is not read again once others may write to its folder", async () => {
  const directory = await store();
  await using one = await open(directory);
  await using other = await open(directory);
  await other.set("second_api_key", "second-value-0002");
  chmodSync(directory, 0o777);
  await failsWith(() => one.refresh(), "UNSAFE_PERMISSIONS");
});

test.runIf(isRoot)(
  "a folder of another user is not read; by sudo the remedy is another",
  async () => {
    const directory = await store();
    chownSync(directory, 65534, 65534);
    expect(await failsWith(() => open(directory), "WRONG_OWNER")).toContain(`chown 0 ${directory}`);
    vi.stubEnv("SUDO_UID", "65534");
    expect(await failsWith(() => open(directory), "WRONG_OWNER")).toContain("without sudo");
  },
);

test.runIf(isRoot)("by sudo no folder of root's is made in a user's own", async () => {
  const home = temporaryFolder();
  chownSync(home, 65534, 65534);
  vi.stubEnv("SUDO_UID", "65534");
  const directory = join(home, ".config", "acc");
  await using secrets = await open(directory);
  const message = await failsWith(() => secrets.set("a_key", "a-value-0001"), "WRONG_OWNER");
  expect(message).toContain("without sudo");
  expect(readdirSync(home)).toEqual([]);
});

test.runIf(isRoot)("what a run with sudo left is told as that", () => {
  const home = temporaryFolder();
  chmodSync(home, 0o755);
  const directory = join(home, "acc");
  mkdirSync(directory, { mode: 0o755 });
  writeFileSync(join(directory, "acc-secrets.json"), "{}", { mode: 0o600 });
  const code = `
    const { openSecrets } = await import(${JSON.stringify(built)});
    openSecrets({ directory: ${JSON.stringify(directory)}, env: {} })
      .catch((error) => console.log(error.code, error.message));`;
  const node = [process.execPath, "--input-type=module", "-e", code];
  const user = ["--reuid=65534", "--regid=65534", "--clear-groups"];
  const { stdout } = spawnSync("setpriv", [...user, ...node], { encoding: "utf8" });
  expect(stdout).toMatch(/^READ_FAILED|WRONG_OWNER/);
});

test("a deleted name is gone from the backup too, and so is what clear took", async () => {
  const directory = await store();
  const plain = join(temporaryFolder(), "plain");
  const options = { directory: plain, env: {}, encryption: "none" } as const;
  await using secrets = await openSecrets(options);
  await secrets.set("first_api_key", "first-value-0001");
  await secrets.set("second_api_key", "second-value-0002");
  await secrets.set("third_api_key", "third-value-0003");
  const both = () =>
    ["acc-secrets.json", "acc-secrets.json.bak"].map((name) =>
      readFileSync(join(plain, name), "utf8"),
    );
  await secrets.delete("first_api_key");
  for (const text of both()) expect(text).not.toContain("first-value");
  for (const text of both()) expect(text).toContain("second-value");
  await secrets.clear();
  for (const text of both()) expect(text).not.toMatch(/second-value|third-value/);
  expect(readdirSync(plain).filter((name) => /tmp/.test(name))).toEqual([]);
  await using encrypted = await open(directory);
  await encrypted.delete("first_api_key");
  writeFileSync(join(directory, "acc-secrets.json"), "");
  await encrypted.recover({ from: "backup" });
  expect(await encrypted.list()).toEqual([]);
});

test("HOME empty, relative or unknown (oven-sh/bun#34629, libuv/libuv#810)", async () => {
  for (const HOME of ["", "relative", undefined]) {
    const cwd = temporaryFolder();
    const code = `
      const { secretsPath } = await import(${JSON.stringify(built)});
      console.log(secretsPath());`;
    const env = HOME === undefined ? {} : { HOME };
    const node = ["--input-type=module", "-e", code];
    const out = execFileSync(process.execPath, node, { cwd, env, encoding: "utf8" }).trim();
    expect(out).toMatch(/^(\/|[A-Z]:).*acc-secrets\.json$/);
    expect(out.startsWith(cwd)).toBe(false);
  }
});

test.runIf(isRoot)("without any home there is no store, and the environment serves", () => {
  const code = `
    const { openSecrets, secretsPath } = await import(${JSON.stringify(built)});
    const secrets = await openSecrets();
    const outcome = (call) => call().catch((error) => error.code);
    console.log(JSON.stringify([
      (await secrets.get("groq_api_key"))?.source, await secrets.list(),
      await outcome(() => secrets.set("a_api_key", "a-value-0001")),
      await outcome(async () => secretsPath()),
    ]));`;
  const cwd = temporaryFolder();
  chmodSync(cwd, 0o777);
  const user = ["--reuid=54321", "--regid=54321", "--clear-groups", "env", "-i"];
  const node = [process.execPath, "--input-type=module", "-e", code];
  const run = [...user, "GROQ_API_KEY=groq-value-0001", ...node];
  const { stdout, stderr } = spawnSync("setpriv", run, { cwd, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual(["env:GROQ_API_KEY", [], "NO_HOME", "NO_HOME"]);
  expect(readdirSync(cwd)).toEqual([]);
});

test("a relative path in a variable is refused, one in an option is made absolute at once", async () => {
  for (const env of [{ ACC_SECRETS_DIR: "x" }, { ACC_SECRETS_KEY_FILE: "./key" }]) {
    const message = await failsWith(() => openSecrets({ env }), "INVALID_OPTION");
    expect(message).toContain(Object.keys(env)[0]);
  }
  expect(secretsPath({ directory: "some" })).toBe(join(process.cwd(), "some", "acc-secrets.json"));
  expect(auditPath(secretsPath({ directory: "some" }))).toContain(process.cwd());
});

/** A library that makes system calls fail, as exFAT, SMB, vboxsf or a cloud's folder do. */
function shim(source: string): string {
  const folder = temporaryFolder();
  const [file, library] = [join(folder, "shim.c"), join(folder, "shim.so")];
  writeFileSync(file, source);
  execFileSync("cc", ["-shared", "-fPIC", "-o", library, file, "-ldl"]);
  return library;
}

const hasCompiler = isRoot && spawnSync("cc", ["--version"]).status === 0;

test.runIf(process.env.CI)("CI has a C compiler", () => {
  expect(hasCompiler).toBe(true);
});

const noLinks = `#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
int link(const char *a, const char *b) { errno = atoi(getenv("SHIM_ERRNO")); return -1; }
int linkat(int a, const char *b, int c, const char *d, int f) { return link(b, d); }`;

const noSync = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
int fsync(int fd) {
  struct stat s;
  int all = getenv("SHIM_FILES") != 0;
  if (all || (fstat(fd, &s) == 0 && S_ISDIR(s.st_mode))) {
    errno = atoi(getenv("SHIM_ERRNO"));
    return -1;
  }
  return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd);
}`;

const noLocks = `#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <dlfcn.h>
static int refused(int cmd) { return cmd == F_OFD_SETLK || cmd == F_OFD_SETLKW || cmd == F_SETLK; }
#define WRAP(name) int name(int fd, int cmd, ...) { \\
  va_list list; va_start(list, cmd); void *arg = va_arg(list, void *); va_end(list); \\
  if (refused(cmd)) { errno = atoi(getenv("SHIM_ERRNO")); return -1; } \\
  return ((int (*)(int, int, ...))dlsym(RTLD_NEXT, #name))(fd, cmd, arg); }
WRAP(fcntl)
WRAP(fcntl64)`;

test.runIf(hasCompiler)(
  "link and fsync that are refused fall back to what there is",
  () => {
    const run = (source: string, errno: number, env = {}): string => {
      const directory = join(temporaryFolder(), "store");
      const code = `
      const { openSecrets } = await import(${JSON.stringify(built)});
      const secrets = await openSecrets({ directory: ${JSON.stringify(directory)} });
      try {
        for (const value of ["a-value-0001", "a-value-0002"]) await secrets.set("a_api_key", value);
        await secrets.set("b_api_key", "b-value-0001");
        await secrets.delete("b_api_key");
        console.log((await secrets.get("a_api_key")).reveal(), (await secrets.list()).length);
      } catch (error) { console.log(error.code); }`;
      const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
        encoding: "utf8",
        env: { LD_PRELOAD: shim(source), SHIM_ERRNO: String(errno), ...env },
      });
      const left = existsSync(directory)
        ? readdirSync(directory).filter((name) => /tmp|owner/.test(name))
        : [];
      return `${stdout.trim()}${left.join(" ")}`;
    };
    const good = "a-value-0002 1";
    // EPERM, EACCES, ENOTSUP, ENOSYS: openclaw/openclaw#81089, termux/termux-app#837
    for (const errno of [1, 13, 95, 38]) expect(run(noLinks, errno)).toBe(good);
    // EPERM, EINVAL, ENOTSUP: code-yeongyu/oh-my-openagent#3854
    for (const errno of [1, 22, 95]) {
      expect(run(noSync, errno)).toBe(good);
      expect(run(noSync, errno, { SHIM_FILES: "1" })).toBe(good);
    }
    // EIO and a full disk are no missing feature.
    expect(run(noSync, 5)).toBe("WRITE_FAILED");
    expect(run(noSync, 28)).toBe("DISK_FULL");
    // ENOLCK, ENOTSUP: network mounts without locks.
    for (const errno of [37, 95]) expect(run(noLocks, errno)).toBe(good);
  },
  60_000,
);

test.runIf(hasCompiler)(
  "what a file system does not have is told, and the probe leaves nothing",
  () => {
    const directory = temporaryFolder();
    const code = `
    const { folderLimits } = await import(${JSON.stringify(built)});
    console.log(JSON.stringify(await folderLimits(${JSON.stringify(directory)})));`;
    const limits = (preload: Record<string, string>): unknown => {
      const node = ["--input-type=module", "-e", code];
      return JSON.parse(execFileSync(process.execPath, node, { encoding: "utf8", env: preload }));
    };
    expect(limits({})).toEqual([]);
    expect(limits({ LD_PRELOAD: shim(noLinks), SHIM_ERRNO: "1" })).toEqual(["links"]);
    expect(limits({ LD_PRELOAD: shim(noSync), SHIM_ERRNO: "22" })).toEqual(["folder-sync"]);
    expect(limits({ LD_PRELOAD: shim(noLocks), SHIM_ERRNO: "37" })).toEqual(["locks"]);
    expect(readdirSync(directory)).toEqual([]);
  },
);

test.runIf(isRoot)("a file that is mounted by itself gets the remedy that helps", async () => {
  const directory = await store();
  const path = join(directory, "acc-secrets.json");
  const code = `
    const { openSecrets } = await import(${JSON.stringify(built)});
    const secrets = await openSecrets({ directory: ${JSON.stringify(directory)}, env: {} });
    await secrets.set("b_api_key", "b-value-0001").catch((error) => console.log(error.code, error.message));
    console.log((await secrets.get("first_api_key")).reveal());`;
  const mount = `mount --bind ${path} ${path} && exec "$@"`;
  const node = [process.execPath, "--input-type=module", "-e", code];
  const run = ["-m", "sh", "-c", mount, "sh", ...node];
  const { stdout } = spawnSync("unshare", run, { encoding: "utf8" });
  expect(stdout).toMatch(/WRITE_FAILED .*mounted as a single file.*Mount its folder/);
  expect(stdout).toContain("first-value-0001");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await (await open(directory)).list()).toEqual(["first_api_key"]);
});
