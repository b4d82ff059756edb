// How fast is the store of @acc/secrets with 10,000 names and a key file? Prints one JSON object.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createFileStore,
  openSecrets,
  type SecretsManager,
  type SecretsOptions,
} from "@acc/secrets";

interface Figures {
  /** From nothing to the first value, in milliseconds: the first of the process, the best of 5. */
  firstOpenMs: number;
  openMs: number;
  /** One `get` of the same name, and of any of the names, in microseconds. */
  getUs: number;
  getAnyUs: number;
  /** An awaited lookup in a Map, in microseconds, and how many of it a `get` takes. */
  mapUs: number;
  getToMap: number;
  /** One `get` that writes a line of the audit first, in microseconds. */
  auditedGetUs: number;
}

const names = Array.from({ length: 10_000 }, (_, index) => `service_${index}_api_key`);
const value = (index: number): string => `sk-benchmark-${index}-${"x".repeat(40)}`;
const limits = { openMs: 100, getUs: 2 };

const folder = mkdtempSync(join(tmpdir(), "acc-benchmark-"));
try {
  const options = { directory: join(folder, "store"), env: {} };
  await fill(options);
  const figures = await measure(options);
  console.log(JSON.stringify(figures, undefined, 2));
  const good = figures.openMs < limits.openMs && figures.getUs <= limits.getUs;
  process.exitCode = good ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function fill(options: SecretsOptions): Promise<void> {
  const store = createFileStore(options);
  await store.vault?.update((body) => {
    for (const [index, name] of names.entries()) {
      const version = { version: 1, state: "current" as const, value: value(index), createdAt: 0 };
      body.entries[name] = { versions: [version] };
    }
    return { result: undefined, events: [{ action: "set" }] };
  });
  await store.close?.();
}

async function measure(options: SecretsOptions): Promise<Figures> {
  const firstOpenMs = await open(options);
  const openMs = Math.min(...(await times(5, () => open(options))));
  await using secrets = await openSecrets(options);
  const map = new Map(names.map((name, index) => [name, value(index)]));
  const getUs = await microseconds(() => secrets.get(names[1] as string), 200_000);
  const getAnyUs = await microseconds((round) => anyOf(secrets, round), 200_000);
  const mapUs = await microseconds(async () => map.get(names[1] as string), 200_000);
  await using audited = await openSecrets({ ...options, audit: { reads: true } });
  const auditedGetUs = await microseconds(() => audited.get(names[1] as string), 500);
  return {
    firstOpenMs: rounded(firstOpenMs),
    openMs: rounded(openMs),
    getUs: rounded(getUs),
    getAnyUs: rounded(getAnyUs),
    mapUs: rounded(mapUs),
    getToMap: rounded(getUs / mapUs),
    auditedGetUs: rounded(auditedGetUs),
  };
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(3));
}

function anyOf(secrets: SecretsManager, round: number): Promise<unknown> {
  return secrets.get(names[(round * 7919) % names.length] as string);
}

async function open(options: SecretsOptions): Promise<number> {
  const started = performance.now();
  await using secrets = await openSecrets(options);
  await secrets.get(names[0] as string);
  return performance.now() - started;
}

/** The mean time of one awaited call, in the best of ten runs: other programs only add to it. */
async function microseconds(
  call: (round: number) => Promise<unknown>,
  rounds: number,
): Promise<number> {
  const runs = await times(10, async () => {
    const started = performance.now();
    for (let round = 0; round < rounds / 10; round += 1) await call(round);
    return ((performance.now() - started) * 10_000) / rounds;
  });
  return Math.min(...runs);
}

async function times(count: number, run: () => Promise<number>): Promise<number[]> {
  const results: number[] = [];
  while (results.length < count) results.push(await run());
  return results;
}
