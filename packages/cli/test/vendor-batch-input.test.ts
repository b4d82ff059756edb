import { existsSync, utimesSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type AccHome, type AccRun, testKey } from "./acc.ts";
import { type MessageBatches, startMessageBatches } from "./message-batches.ts";
import { inputOf, vendorBatchScene } from "./vendor-batch-scene.ts";

let home: AccHome;
let vendor: MessageBatches;
const { file, lines } = vendorBatchScene(startMessageBatches, (anew) => {
  ({ home, vendor } = anew);
});

function acc(args: string): Promise<AccRun> {
  const env = { ANTHROPIC_API_KEY: testKey, ANTHROPIC_BASE_URL: vendor.url };
  return home.acc([...args.split(" "), "-p", "claude", "-m", "claude-haiku-4-5"], { env });
}

const run = () => acc("batch in.jsonl -o out.jsonl --vendor-batch --poll 1");

async function answers(): Promise<[number, string][]> {
  const all = await lines("out.jsonl");
  return all.map(({ line, reply }) => [line, reply.text]);
}

/** A day is long: somebody adds a line on top, or corrects one, while the vendor has the batch. */
const edits: Record<string, () => void> = {
  "with a line more": () => writeFileSync(file("in.jsonl"), inputOf(["xx", "p1", "p2", "p1"])),
  "with another line, of the same size and time": () => {
    writeFileSync(file("in.jsonl"), inputOf(["xx", "p2", "p1"]));
    utimesSync(file("in.jsonl"), 1_700_000_000, 1_700_000_000);
  },
};

for (const [how, edit] of Object.entries(edits)) {
  it(`gives no line the answer of another where the input is edited ${how}, and goes on when it is put back`, async () => {
    const original = () => {
      writeFileSync(file("in.jsonl"), inputOf(["p1", "p2", "p1"]));
      utimesSync(file("in.jsonl"), 1_700_000_000, 1_700_000_000);
    };
    original();
    vendor.plays.looking = () => {
      vendor.plays.looking = undefined;
      edit();
    };
    const edited = await run();
    expect(edited.stderr).toMatch(/\(INPUT_CHANGED\)[\s\S]*Put it back/);
    expect((await answers()).filter(([, text]) => text !== "re: p2")).toEqual([]);
    expect(existsSync(file("out.jsonl.failed.jsonl"))).toBe(false);
    expect((await acc("chat xx --only sdk")).stdout).toContain("re: xx");
    original();
    expect(await run()).toMatchObject({ code: 0 });
    expect(vendor.prompts()).toEqual(["p1", "p2"]);
    expect(await answers()).toEqual([
      [1, "re: p1"],
      [2, "re: p2"],
      [3, "re: p1"],
    ]);
  });
}
