import { appendFileSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { crypto } from "../../node-crypto.ts";
import type { CounterStore, LeaseStore } from "../store.ts";
import { atomicWrite } from "./atomic-write.ts";
import type { Folder } from "./folder.ts";

/** The size of the file, in bytes, above which its lines are summed into one. */
const LONGEST = 256 * 1024;

type Amounts = Record<string, number>;

/** Writes one line of JSON for each addition: short appends of several processes do not mix. */
export function filesCounters(folder: Folder, leases: LeaseStore): CounterStore {
  const path = () => join(folder.openToWrite().root, "counters");
  return {
    async add(amounts) {
      appendFileSync(path(), `${JSON.stringify(amounts)}\n`, { mode: 0o600 });
      if (statSync(path()).size > LONGEST) await compact(path(), folder, leases);
    },
    read() {
      return sum(readIfThere(path()));
    },
  };
}

/**
 * Sums the lines. What another process appends at the same moment is lost, which is acceptable for
 * statistics.
 */
async function compact(path: string, folder: Folder, leases: LeaseStore): Promise<void> {
  const token = crypto().randomUUID();
  if ((await leases.acquire("counters", token)) !== "acquired") return;
  const total = JSON.stringify(sum(readIfThere(path)));
  atomicWrite(path, Buffer.from(`${total}\n`), folder.temporary);
  await leases.release("counters", token, "stored");
}

function sum(lines: string): Amounts {
  const total: Amounts = {};
  for (const line of lines.split("\n")) {
    for (const [name, amount] of Object.entries(parse(line))) {
      total[name] = (total[name] ?? 0) + amount;
    }
  }
  return total;
}

/** Ignores a line that was cut off, or has values that are not numbers. */
function parse(line: string): Amounts {
  try {
    const amounts = Object.entries(JSON.parse(line) as Amounts);
    return Object.fromEntries(amounts.filter(([, amount]) => typeof amount === "number"));
  } catch {
    return {};
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
