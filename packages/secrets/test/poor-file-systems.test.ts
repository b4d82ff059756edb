import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { built, isRoot } from "./built.ts";
import { temporaryFolder } from "./temporary-folder.ts";

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
