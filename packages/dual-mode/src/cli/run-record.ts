import { readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { statusOf } from "./process-status.ts";

/**
 * Identifies the process that made a run. A pid is unique only within one boot and one pid
 * namespace.
 */
export interface HostRecord {
  readonly machine: string;
  readonly boot: string;
  readonly namespace: string;
  readonly pid: number;
  readonly start: string;
}

/** Identifies the leader of a run's process group. */
export interface GroupRecord {
  readonly pid: number;
  readonly start: string;
}

const hostFile = "host.json";
const groupFile = "group.json";

let own: HostRecord | undefined;

/** The record of this process. */
export function thisHost(): HostRecord {
  own ??= {
    machine: machineName(),
    boot: read("/proc/sys/kernel/random/boot_id"),
    namespace: quietly(() => readlinkSync("/proc/self/ns/pid")) ?? "",
    pid: process.pid,
    start: statusOf("self")?.start ?? "",
  };
  return own;
}

/** The machine's id and host name, because a copied image has the same id; empty without an id. */
function machineName(): string {
  const id = read("/etc/machine-id");
  return /^[0-9a-f]{32}$/.test(id) ? `${id} ${hostname()}` : "";
}

/**
 * Written into a run's folder before anything else, for a later process that finds it when this
 * host is dead.
 */
export function recordHost(root: string): void {
  write(root, hostFile, thisHost());
}

/** Records the group if it can be written; the guard watches the group in any case. */
export function recordGroup(root: string, pid: number): void {
  quietly(() => write(root, groupFile, { pid, start: statusOf(pid)?.start ?? "" }));
}

export function hostOf(root: string): HostRecord | undefined {
  const found = readRecord(root, hostFile);
  return isHost(found) ? found : undefined;
}

export function groupOf(root: string): GroupRecord | undefined {
  const found = readRecord(root, groupFile);
  return isGroup(found) ? found : undefined;
}

function isGroup(found: Readonly<Record<string, unknown>>): found is GroupRecord & typeof found {
  const { pid, start } = found;
  return Number.isSafeInteger(pid) && Number(pid) > 1 && typeof start === "string" && start !== "";
}

function isHost(found: Readonly<Record<string, unknown>>): found is HostRecord & typeof found {
  const { machine, boot, namespace, pid, start } = found;
  const texts = [machine, boot, namespace, start];
  return (
    Number.isSafeInteger(pid) && Number(pid) > 0 && texts.every((text) => typeof text === "string")
  );
}

function readRecord(root: string, name: string): Readonly<Record<string, unknown>> {
  const found: unknown = quietly(() => JSON.parse(readFileSync(join(root, name), "utf8")));
  return typeof found === "object" && found !== null ? { ...found } : {};
}

function write(root: string, name: string, record: HostRecord | GroupRecord): void {
  writeFileSync(join(root, name), JSON.stringify(record), { mode: 0o600, flag: "wx" });
}

function read(path: string): string {
  return quietly(() => readFileSync(path, "latin1").trim()) ?? "";
}

function quietly<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch {
    return undefined;
  }
}
