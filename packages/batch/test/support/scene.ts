import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClientOptions } from "@acc/dual-mode";
import { onTestFinished } from "vitest";
import type { BatchOptions, BatchResult } from "../../src/contract.ts";
import { runBatch } from "../../src/run-batch.ts";
import { clientOf, type Play, startVendor } from "./vendor.ts";

type Given = Partial<BatchOptions> & { readonly options?: ClientOptions };

/** A vendor, a folder, and batches of files in it; all of it goes with the test. */
export async function batchScene(play?: Play) {
  const folder = mkdtempSync(join(tmpdir(), "acc-batch-"));
  const vendor = await startVendor(play);
  onTestFinished(async () => {
    await vendor.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const path = (name: string) => join(folder, name);
  return {
    path,
    vendor,
    write: (name: string, text: string) => writeFileSync(path(name), text),
    read: (name: string) => readFileSync(path(name), "utf8"),
    has: (name: string) => existsSync(path(name)),
    /** The lines of a file, parsed, in the order of the input. */
    lines: (name: string) => linesOf(readFileSync(path(name), "utf8")),
    open: (options: ClientOptions) => ({ client: clientOf(vendor, options) }),
    async run({ options, ...given }: Given = {}): Promise<BatchResult> {
      const client = clientOf(vendor, options);
      try {
        return await runBatch({
          ...{ client, input: path("in.jsonl"), output: path("out.jsonl") },
          ...given,
        });
      } finally {
        await client.close();
      }
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: what a test reads it looks at itself
function linesOf(text: string): any[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line)).sort((one, other) => one.line - other.line);
}

/** As many lines as that, each with its own prompt. */
export function manyLines(count: number): string {
  return Array.from({ length: count }, (_, index) => `${JSON.stringify(`p${index}`)}\n`).join("");
}
