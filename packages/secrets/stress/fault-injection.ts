import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openSecrets } from "@acc/secrets";

const run = promisify(execFile);
const script = fileURLToPath(new URL("./change.mjs", import.meta.url));

/** A system call that fails, told by the path that it is about. */
interface Fault {
  readonly name: string;
  readonly call: string;
  readonly file: string;
}

const faults: readonly Fault[] = [
  { name: "open of the temp file", call: "openat", file: "acc-secrets.json.tmp" },
  { name: "write of the temp file", call: "write", file: "acc-secrets.json.tmp" },
  { name: "fsync of the temp file", call: "fsync", file: "acc-secrets.json.tmp" },
  { name: "link of the backup", call: "link", file: "acc-secrets.json.bak.tmp" },
  { name: "rename of the backup", call: "rename", file: "acc-secrets.json.bak.tmp" },
  { name: "rename of the temp file", call: "rename", file: "acc-secrets.json.tmp" },
  { name: "fsync of the folder", call: "fsync", file: "" },
];

/** Where the audit is best-effort, a full disk costs its line and not the write. */
const auditFaults: readonly Fault[] = [
  { name: "open of the audit", call: "openat", file: "acc-secrets.audit.jsonl" },
  { name: "write of the audit", call: "write", file: "acc-secrets.audit.jsonl" },
  { name: "sync of the audit", call: "fdatasync", file: "acc-secrets.audit.jsonl" },
];

const keyFaults: readonly Fault[] = [
  { name: "rename of the key file", call: "rename", file: "acc-secrets.key.tmp" },
  { name: "fsync of the store after the key", call: "fsync", file: "acc-secrets.json.tmp" },
  { name: "rename of the store after the key", call: "rename", file: "acc-secrets.json.tmp" },
];

export interface FaultResult {
  readonly name: string;
  /** What is wrong afterwards; empty when the promise held. */
  readonly problem: string;
}

/** Kills a writer at each step of a write, and fills the disk at each. */
export async function injectFaults(): Promise<FaultResult[]> {
  const results: FaultResult[] = [];
  for (const fault of [...faults, ...auditFaults]) {
    results.push(await inject(fault, "set", "signal=SIGKILL"));
    results.push(await inject(fault, "set", "error=ENOSPC"));
  }
  for (const fault of keyFaults) {
    results.push(await inject(fault, "rotate-key", "signal=SIGKILL"));
    results.push(await inject(fault, "rotate-key", "error=ENOSPC"));
  }
  results.push(await inject(faults[5] as Fault, "rotate-data-key", "signal=SIGKILL"));
  for (const fault of [...faults, ...keyFaults]) {
    if (fault.file.includes(".bak")) continue;
    results.push(await injectAtFirst(fault, "signal=SIGKILL"));
    results.push(await injectAtFirst(fault, "error=ENOSPC"));
  }
  return results;
}

async function inject(fault: Fault, change: string, what: string): Promise<FaultResult> {
  const folder = mkdtempSync(join(tmpdir(), "acc-stress-"));
  const directory = join(folder, "store");
  try {
    await using secrets = await openSecrets({ directory, env: {} });
    await secrets.set("changed_api_key", "changed-value-1");
    await secrets.set("other_api_key", "other-value-1");
    const before = readFileSync(join(directory, "acc-secrets.json"));
    const answer = await traced(directory, fault, change, what);
    const problem =
      (await answered(answer, what, auditFaults.includes(fault))) ||
      (await sound(directory, change, before, what, fault));
    return { name: `${change}: ${what.split("=")[1]} at ${fault.name}`, problem };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same at the very first write, where there is no store to keep. */
async function injectAtFirst(fault: Fault, what: string): Promise<FaultResult> {
  const folder = mkdtempSync(join(tmpdir(), "acc-stress-"));
  const directory = join(folder, "store");
  try {
    await mkdir(directory, { mode: 0o700 });
    const answer = await traced(directory, fault, "set", what);
    const problem = (await answered(answer, what, false)) || (await usable(directory));
    return { name: `first set: ${what.split("=")[1]} at ${fault.name}`, problem };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function usable(directory: string): Promise<string> {
  await using secrets = await openSecrets({ directory, env: {} });
  const names = await secrets.list();
  await secrets.set("changed_api_key", "changed-value-3");
  const left = readdirSync(directory).filter((name) => /\.tmp|\.owner/.test(name));
  if (left.length > 0) return `left over: ${left.join(", ")}`;
  if (names.length > 1) return `it lists ${names.length} names`;
  const { problems } = await secrets.verifyAudit();
  return problems.map(({ message }) => message).join(" ");
}

/** What the process printed, or "killed". */
async function traced(
  directory: string,
  fault: Fault,
  change: string,
  what: string,
): Promise<string> {
  const once = fault.file === "" || what.startsWith("signal") ? ":when=1" : "";
  const args = ["-f", "-qq", "-o", "/dev/null", "-P", join(directory, fault.file)];
  const filter = ["-e", `trace=${fault.call}`, "-e", `inject=${fault.call}:${what}${once}`];
  try {
    const command = [process.execPath, script, directory, change];
    const { stdout } = await run("strace", [...args, ...filter, ...command]);
    return stdout;
  } catch (error) {
    const failed = error as { signal?: string; code?: number | string; stdout?: string };
    if (failed.signal === "SIGKILL" || failed.code === 137) return "killed";
    throw error;
  }
}

async function answered(answer: string, what: string, audit: boolean): Promise<string> {
  const served = audit ? "acknowledged" : "DISK_FULL";
  const expected = what.startsWith("signal") ? "killed" : served;
  return answer === expected ? "" : `it answered ${JSON.stringify(answer)}, not ${expected}`;
}

/** The store is whole, old or new, refused changes left it as it was, and the next write cleans. */
async function sound(
  directory: string,
  change: string,
  before: Buffer,
  what: string,
  fault: Fault,
): Promise<string> {
  const after = readFileSync(join(directory, "acc-secrets.json"));
  const full = what.startsWith("error");
  const refused = full && !auditFaults.includes(fault);
  if (refused && !after.equals(before)) return "a refused change changed the store";
  await using secrets = await openSecrets({ directory, env: {} });
  const value = (await secrets.get("changed_api_key"))?.reveal();
  const renamed = (change === "set" && fault.file === "" && !refused) || (full && !refused);
  if (value !== (renamed ? "changed-value-2" : "changed-value-1")) return `it holds ${value}`;
  if ((await secrets.get("other_api_key"))?.reveal() !== "other-value-1") return "another is lost";
  await secrets.set("changed_api_key", "changed-value-3");
  const left = readdirSync(directory).filter((name) => /\.tmp|\.owner/.test(name));
  if (left.length > 0) return `left over: ${left.join(", ")}`;
  const { problems } = await secrets.verifyAudit();
  return problems.map(({ message }) => message).join(" ");
}
