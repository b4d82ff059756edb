import { spawnSync } from "node:child_process";
import { describe, expect, onTestFinished, test } from "vitest";
import { startMockServer } from "../../scripts/mock-server.ts";
import { deployText } from "./deployment.ts";
import { canRestrict, startRestricted } from "./restricted.ts";

const unit = deployText("systemd/acc-serve.service");
const lines = (name: string) =>
  [...unit.matchAll(new RegExp(`^${name}=(.*)$`, "gm"))].map(([, value = ""]) => value);

const isThere = (program: string) => spawnSync(program, ["--version"]).error === undefined;
const canTrace = canRestrict() && isThere("strace") && isThere("systemd-analyze");

test.runIf(process.env.CI)("CI can start it under the unit's filter", () => {
  expect(canTrace).toBe(true);
});

/** The system calls of each set of systemd's, those of the sets in it among them. */
function systemdSets(): (name: string) => readonly string[] {
  const { stdout } = spawnSync("systemd-analyze", ["--no-pager", "syscall-filter"], {
    encoding: "utf8",
  });
  const sets = new Map<string, string[]>();
  let own: string[] = [];
  for (const line of stdout.split("\n")) {
    if (/^@\S+$/.test(line)) {
      own = [];
      sets.set(line, own);
    } else if (/^ +[@\w-]+$/.test(line)) own.push(line.trim());
  }
  const within = (name: string): readonly string[] =>
    name.startsWith("@") ? (sets.get(name) ?? []).flatMap(within) : [name];
  return (name) => (name === "all" ? [...sets.values()].flat().flatMap(within) : within(name));
}

/** What `SystemCallFilter` lets through, and all others that systemd knows. */
function filterOfUnit() {
  const callsOf = systemdSets();
  const allowed = new Set(callsOf("@default"));
  for (const line of lines("SystemCallFilter")) {
    const isRefusal = line.startsWith("~");
    for (const name of line.replace("~", "").split(" ").flatMap(callsOf)) {
      if (isRefusal) allowed.delete(name);
      else allowed.add(name);
    }
  }
  const all = new Set(callsOf("all"));
  return { allowed, refused: [...all].filter((name) => !allowed.has(name)) };
}

const secrets = {
  acc_server_token: "token-of-the-owner-in-a-file-0123456789",
  groq_api_key: "gsk-key-that-opens-nothing",
};

/** Starts it by the unit's own words and settings. */
const [, words = ""] = /^\S+ \S+ (.*)$/.exec(lines("ExecStart")[0] ?? "") ?? [];
const asUnit = {
  settings: "systemd/config.json",
  args: words.replace(/ --port \d+/, "").split(" "),
};

test("the unit's settings read the credentials where systemd puts them, each by its name", () => {
  const { folder } = JSON.parse(deployText("systemd/config.json")).secrets;
  expect(folder).toBe("/run/credentials/acc-serve.service");
  const loaded = lines("LoadCredential").map((line) => line.split(":")[0]);
  expect(loaded.sort()).toEqual(Object.keys(secrets).sort());
});

describe.runIf(canTrace)("acc serve as the unit starts it", () => {
  test("calls a vendor, and ends, where each system call that the unit refuses fails", async () => {
    const { allowed, refused } = filterOfUnit();
    expect([allowed.has("openat"), allowed.has("mount")]).toEqual([true, false]);
    expect(refused.length).toBeGreaterThan(100);
    const vendor = await startMockServer();
    onTestFinished(() => vendor.close());
    const inject = `inject=${refused.map((name) => `?${name}`).join(",")}:error=EPERM`;
    const served = await startRestricted(secrets, {
      ...asUnit,
      // Not on stderr: Node.js makes that pipe one that does not block, and strace drops what does not fit.
      by: ["strace", "-f", "-qq", "-o", "|cat >&3", "-e", "trace=all", "-e", inject],
      env: { GROQ_BASE_URL: vendor.url },
    });
    const headers = {
      authorization: `Bearer ${secrets.acc_server_token}`,
      "content-type": "application/json",
    };
    const model = "groq/openai/gpt-oss-120b";
    const body = JSON.stringify({ model, messages: [{ role: "user", content: "hi" }] });
    const answers = [
      await fetch(`${served.url}/v1/chat/completions`, { method: "POST", headers, body }),
      await fetch(`${served.url}/metrics`, { headers }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(vendor.requests()).toHaveLength(1);
    expect(await served.end()).toBe(0);
    const traced = served.said();
    const named = (form: RegExp) => new Set([...traced.matchAll(form)].map(([, name]) => name));
    expect(named(/\b(\w+)\(/g).size).toBeGreaterThan(30);
    const families = lines("RestrictAddressFamilies").join(" ").split(" ");
    for (const family of named(/\bsocket\((AF_\w+)/g)) expect(families).toContain(family);
    expect(named(/\bsocket\((AF_\w+)/g)).toContain("AF_INET");
    // RestrictNamespaces, RestrictRealtime, RestrictSUIDSGID, LockPersonality
    expect(traced).not.toMatch(/CLONE_NEW|SCHED_(FIFO|RR)|S_IS[UG]ID|\bpersonality\(/);
  }, 120_000);
});
