import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BatchVendor } from "../../../cli/test/batch-vendors.ts";

const acc = fileURLToPath(new URL("../../../cli/dist/main.cjs", import.meta.url));

/** Writes an input, of which every tenth line is equal to an earlier one. @returns Its prompts */
export function inputOf(home: string, lines: number): string[] {
  mkdirSync(home);
  const promptOf = (line: number) => `p${line % 10 === 0 ? Math.floor(line / 2) : line}`;
  const prompts = Array.from({ length: lines }, (_, index) => promptOf(index + 1));
  const text = prompts.map((prompt) => `${JSON.stringify(prompt)}\n`).join("");
  writeFileSync(join(home, "in.jsonl"), text);
  return prompts;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly said: string;
}

/** Starts acc on that input, or on what an earlier run has left of it. */
export function startRun(
  home: string,
  { provider, model }: BatchVendor,
  own: Readonly<Record<string, string>>,
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const words = "batch in.jsonl -o out.jsonl --vendor-batch --poll 1 --no-cache".split(" ");
  const child = spawn(process.execPath, [acc, ...words, "-p", provider, "-m", model], {
    ...{ cwd: home, stdio: ["ignore", "ignore", "pipe"] },
    env: { ...own, HOME: home, PATH: process.env.PATH ?? "" },
  });
  let said = "";
  child.stderr?.on("data", (text) => {
    said += text;
  });
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal, said }));
  return { child, ended };
}
