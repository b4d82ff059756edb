import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { type AccHome, emptyHome } from "./acc.ts";

/** What each test of a file is given: a vendor of its own, and a home of its own. */
export interface Anew<Vendor> {
  readonly home: AccHome;
  readonly vendor: Vendor;
}

/** The files of a test's batch: `in.jsonl`, `out.jsonl` and what is written beside that. */
export interface BatchFiles {
  file(name: string): string;
  /** Writes `in.jsonl`, a line each. */
  given(lines: readonly unknown[]): Promise<void>;
  /** What a file of JSON Lines holds, in the order of the input. */
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads it looks at itself
  lines(name: string): Promise<any[]>;
  /** The texts of all answers, sorted. */
  answers(): Promise<string[]>;
  /** Lines and the codes of their failures. */
  failures(): Promise<[number, string][]>;
  /** Expects that each of so many prompts was answered with its own answer. */
  answered(count: number): Promise<void>;
}

/** To be called once at the top of a file, before its own hooks. */
export function vendorBatchScene<Vendor extends { close(): Promise<unknown> }>(
  start: () => Promise<Vendor>,
  take: (anew: Anew<Vendor>) => void,
): BatchFiles {
  let home: AccHome;
  const files = batchFiles((given) => {
    home = given;
  });
  let vendor: Vendor;
  beforeEach(async () => {
    vendor = await start();
    take({ home, vendor });
  });
  afterEach(() => vendor.close());
  return files;
}

/** The same for tests that start their vendors themselves. */
export function batchFiles(take?: (home: AccHome) => void): BatchFiles {
  // Each test starts commands, several of them one after the other, or loads a vendor's package.
  vi.setConfig({ testTimeout: 90_000 });
  let home: AccHome;
  beforeEach(async () => {
    home = await emptyHome();
    take?.(home);
  });
  afterEach(() => home.remove());
  const file = (name: string) => join(home.path, name);
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads it looks at itself
  async function lines(name: string): Promise<any[]> {
    const all = (await readFile(file(name), "utf8")).split("\n").filter(Boolean);
    return all.map((line) => JSON.parse(line)).sort((one, other) => one.line - other.line);
  }
  return {
    file,
    lines,
    given: (all) => writeFile(file("in.jsonl"), inputOf(all)),
    async answers() {
      return (await lines("out.jsonl")).map(({ reply }) => reply.text).sort();
    },
    async failures() {
      const all = await lines("out.jsonl.failed.jsonl");
      return all.map(({ line, error }) => [line, error.code]);
    },
    async answered(count) {
      const all = await lines("out.jsonl");
      expect(all.map(({ line, reply }) => [line, reply.text])).toEqual(
        prompts(count).map((prompt, index) => [index + 1, `re: ${prompt}`]),
      );
    },
  };
}

export function inputOf(lines: readonly unknown[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** `p1`, `p2` and so on. */
export function prompts(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `p${index + 1}`);
}
