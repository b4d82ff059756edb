import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { type Client, textStream } from "@acc/dual-mode";
import { installTargets, type Target, targets } from "../cli/targets.ts";
import { compare, row, type Subject } from "../harness/compare.ts";
import type { Bench, Goal, Row, Table } from "../harness/report.ts";
import { startVendors } from "../harness/vendors.ts";

const prompt = "Say hello in 20 pieces";
const sdkMode = "SDK mode";
const cliMode = "CLI mode";
const byWaiting = "CLI mode, standby: 1";
/** Milliseconds in which a process is ready to be called: several times what its start takes. */
const warmUp = 4_000;

export const bench: Bench = {
  title: "the time to the first piece of text, by each mode",
  async run() {
    installTargets();
    using vendors = await startVendors();
    const tables: Table[] = [];
    const goals: Goal[] = [];
    for (const target of targets) {
      const rows = await measure(target, vendors.url);
      tables.push({ title: target.name, unit: "ms", reference: sdkMode, rows });
      goals.push(...goalsOf(target, rows));
    }
    return { tables, goals, remarks };
  },
};

const remarks = [
  "From `stream()` to its first piece of text, by the SDKs and the real CLIs. The vendor on loopback answers at once: what is measured is added to the model's own time.",
];

async function measure({ command, open, openSdk }: Target, url: string): Promise<Row[]> {
  await using sdk = openSdk(url);
  await using cli = open(url, command);
  await using waiting = open(url, command, 1);
  const pieces = new FirstPieces();
  for (const client of [sdk, cli, waiting]) await pieces.of(client);
  const subject = (name: string, client: Client, wait = 0): Subject => ({
    name,
    kind: "ours",
    ready: async () => {
      await pieces.end();
      await delay(wait);
    },
    batch: () => pieces.of(client),
  });
  const rows = await compare(
    [subject(sdkMode, sdk), subject(cliMode, cli), subject(byWaiting, waiting, warmUp)],
    { reference: sdkMode, rounds: 9, count: 1, unitUs: 1000 },
  );
  await pieces.end();
  return rows;
}

/** Answers whose first piece was waited for; the others are read before the clock starts again. */
class FirstPieces {
  #text: AsyncIterator<string> | undefined;

  async of(client: Client): Promise<void> {
    await this.end();
    this.#text = textStream(client.stream(prompt))[Symbol.asyncIterator]();
    const { done } = await this.#text.next();
    assert.equal(done, false);
  }

  async end(): Promise<void> {
    while (this.#text && !(await this.#text.next()).done);
    this.#text = undefined;
  }
}

function goalsOf({ name, warm }: Target, rows: readonly Row[]): Goal[] {
  const sdk = row(rows, sdkMode).figure;
  const overSdk = row(rows, byWaiting).figure - sdk;
  const says = `${name}, ${byWaiting}: over SDK mode`;
  return [
    { says: `${name}, ${sdkMode}`, measured: sdk, atMost: 10, unit: "ms" },
    ...(warm === undefined ? [] : [{ says, measured: overSdk, atMost: 160, unit: "ms" }]),
  ];
}
