import { spawn } from "node:child_process";
import {
  appendFileSync,
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { longestFile } from "../src/audit/audit-files.ts";
import { formatLine, lineFormat } from "../src/audit/audit-line.ts";
import { AuditSnapshot } from "../src/audit/read-lines.ts";
import { verifyLines } from "../src/audit/verify-audit.ts";
import { OwnerRecord } from "../src/file/owner-record.ts";
import { openSecrets } from "../src/index.ts";
import { audited } from "./audited-store.ts";
import { failsWith } from "./codes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

test("a forged number is told, and good lines go on from the last good one", async () => {
  for (const forged of [
    { seq: 4_000_000_000_000, mac: "x", prev: "y" },
    { seq: Number.MAX_SAFE_INTEGER, mac: "x", prev: "y", epoch: 0 },
    { seq: 5, mac: "x", prev: "y", epoch: "__proto__" },
  ]) {
    const { path, secrets, kinds, lastSeq } = await audited();
    appendFileSync(path, `${JSON.stringify(forged)}\n`);
    await secrets.set("second_api_key", "second-value-0002");
    await secrets.get("first_api_key");
    expect(lastSeq()).toBe(6);
    expect(await kinds()).toEqual([["edited", 5, forged.seq]]);
  }
});

test("a line over its bound, with and without an end, is told and followed by good lines", async () => {
  for (const end of ["", "\n"]) {
    for (const length of [9_000, 20_000, 600_000]) {
      const { path, secrets, kinds, lastSeq } = await audited();
      appendFileSync(path, "x".repeat(length) + end);
      await secrets.get("first_api_key");
      await secrets.set("second_api_key", "second-value-0002");
      expect(lastSeq()).toBe(6);
      expect(await kinds()).toEqual([["edited", 5, undefined]]);
    }
  }
});

test("JSON nested without end in a line is told", async () => {
  const { path, secrets, kinds } = await audited();
  const nested = `{"seq":5,"mac":"x","prev":"y","epoch":0,"x":${"[".repeat(3_000)}${"]".repeat(3_000)}}`;
  appendFileSync(path, `${nested}\n`);
  await secrets.get("first_api_key");
  expect(await kinds()).toEqual([["edited", 5, 5]]);
});

test("an old line that is appended again is told, and the numbers go on", async () => {
  const { path, secrets, kinds, lines, lastSeq } = await audited();
  appendFileSync(path, `${lines()[1]}\n`);
  await secrets.get("first_api_key");
  await secrets.get("first_api_key");
  expect(lastSeq()).toBe(6);
  expect(await kinds()).toEqual([["reordered", 5, 2]]);
});

test("a good line that lacks its line break is kept", async () => {
  const { path, secrets, kinds, lines } = await audited();
  truncateSync(path, statSync(path).size - 1);
  await secrets.get("first_api_key");
  expect(lines()).toHaveLength(5);
  expect(await kinds()).toEqual([]);
});

test("a file that has grown long is put aside, and the chain goes on in a new one", async () => {
  const { directory, path, secrets, kinds, lines, lastSeq } = await audited();
  const whole = readFileSync(path);
  const file = openSync(path, "a");
  const filler = `${"x".repeat(8_000)}\n`.repeat(100);
  while (statSync(path).size <= longestFile) writeSync(file, filler);
  closeSync(file);
  await secrets.get("first_api_key");
  expect(readdirSync(directory).filter((name) => name.includes("audit"))).toEqual([
    "acc-secrets.audit.1.jsonl",
    "acc-secrets.audit.jsonl",
  ]);
  expect(lines()).toHaveLength(1);
  // The good lines are too far from the end of the filler to be looked for: the checkpoint is known.
  expect(lastSeq()).toBe(2);
  writeFileSync(join(directory, "acc-secrets.audit.1.jsonl"), whole);
  writeFileSync(path, "");
  await secrets.get("first_api_key");
  await secrets.set("second_api_key", "second-value-0002");
  expect(lastSeq()).toBe(6);
  expect(await kinds()).toEqual([]);
  const older = join(directory, "acc-secrets.audit.1.jsonl");
  writeFileSync(older, whole.toString().replace('"read"', '"set"'));
  const { problems } = await secrets.verifyAudit();
  expect(problems).toEqual([
    {
      ...{ kind: "edited", file: "acc-secrets.audit.1.jsonl", line: 2, seq: 2 },
      message: "Line 2 of acc-secrets.audit.1.jsonl is not as it was written.",
    },
  ]);
  const moved = await secrets.reset();
  expect(moved.filter((name) => name.includes("audit"))).toHaveLength(2);
});

test("a best-effort audit refuses nothing while another holds the lock (earendil-works/pi#6406)", async () => {
  const codes: string[] = [];
  const { directory, secrets } = await audited({ onWarning: ({ code }) => void codes.push(code) });
  await secrets.roles.set("ci", [{ verbs: ["read"], names: ["first_*"] }]);
  const holder = new OwnerRecord(join(directory, "acc-secrets.json.owner"));
  expect(holder.tryTake()).toBe(true);
  const begun = performance.now();
  for (let count = 0; count < 20; count += 1) {
    expect((await secrets.get("first_api_key"))?.reveal()).toBe("first-value-0001");
  }
  await failsWith(() => secrets.as("ci").get("second_api_key"), "FORBIDDEN");
  expect(performance.now() - begun).toBeLessThan(5_000);
  const audit = { mode: "required", reads: true } as const;
  await using strict = await openSecrets({ directory, env: {}, audit, lockTimeout: 100 });
  await failsWith(() => strict.get("first_api_key"), "AUDIT_UNAVAILABLE");
  holder.release();
  expect(codes).toEqual(["AUDIT_LOST"]);
  await secrets.get("first_api_key");
  const report = await secrets.verifyAudit();
  expect([report.ok, report.lost]).toEqual([true, 21]);
});

test("a good line of a later format is refused by a code", async () => {
  const key = Buffer.alloc(32, 1).toString("base64");
  const entry = {
    ...{ seq: 1, format: lineFormat + 1, time: "", pid: 1, actor: "me", action: "set" },
    ...{ outcome: "ok", epoch: 0, prev: "" },
  };
  const path = join(temporaryFolder(), "some.audit.jsonl");
  writeFileSync(path, `${formatLine(entry, key).text}\n`);
  const state = { epochs: [key], checkpoint: { seq: 0, mac: "" } };
  const snapshot = await AuditSnapshot.take(path);
  await failsWith(() => verifyLines(snapshot, state, 0), "NEWER_VERSION");
  await snapshot.close();
});

test.skipIf(process.getuid?.() !== 0 || process.platform !== "linux")(
  "on a read-only mount reads, refusals and the check of the audit work (vanadium/core#150)",
  async () => {
    const { directory, secrets } = await audited();
    await secrets.roles.set("ci", [{ verbs: ["read"], names: ["first_*"] }]);
    const built = new URL("../dist/index.js", import.meta.url).href;
    const code = `
      import { openSecrets } from ${JSON.stringify(built)};
      const options = { directory: ${JSON.stringify(directory)}, env: {}, onWarning() {} };
      const secrets = await openSecrets({ ...options, audit: { reads: true } });
      const strict = await openSecrets({ ...options, audit: { reads: true, mode: "required" } });
      const outcome = (call) => call().catch((error) => error.code);
      console.log(JSON.stringify([
        await outcome(async () => (await secrets.get("first_api_key")).reveal()),
        await outcome(() => secrets.as("ci").get("second_api_key")),
        await outcome(async () => (await secrets.verifyAudit()).ok),
        await outcome(() => strict.get("first_api_key")),
        await outcome(() => secrets.set("first_api_key", "first-value-0002")),
      ]));`;
    const mount = `mount --bind ${directory} ${directory} && mount -o remount,ro,bind ${directory} && exec "$@"`;
    const node = [process.execPath, "--input-type=module", "-e", code];
    const child = spawn("unshare", ["-m", "sh", "-c", mount, "sh", ...node]);
    let out = "";
    for await (const chunk of child.stdout) out += chunk;
    expect(JSON.parse(out)).toEqual([
      ...["first-value-0001", "FORBIDDEN", true],
      ...["AUDIT_UNAVAILABLE", "FOLDER_NOT_WRITABLE"],
    ]);
  },
);
