import { runCommand } from "../../src/cli/run-command.ts";
import { runParts } from "../../src/cli/run-parts.ts";
import type { Part } from "../../src/contract/part.ts";
import { ProtocolReader } from "../../src/kit/protocol-reader.ts";
import { Scene } from "./scene.ts";

export const start = { type: "start", model: "m" };

export const text = { type: "text", text: "Hello" };

export const finish = { type: "finish", reason: "stop" };

export const whole = [start, text, finish];

export type Line = object | string;

function written(lines: readonly Line[]): string {
  return lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
}

/** Plays lines by a command of a place of its own. */
export function runPartsScene() {
  const scene = new Scene();

  function play(lines: readonly Line[], then = "0", again: readonly Line[] = []) {
    const args = [`${written(lines)}\n`, then, `${written(again)}\n`];
    const run = runCommand(scene.context("say-and"), () => ({ args, stdin: "" }));
    return runParts(run, new ProtocolReader());
  }

  return { play, scene };
}

export async function answer(parts: AsyncIterable<Part>): Promise<Part[]> {
  const all: Part[] = [];
  for await (const part of parts) all.push(part);
  return all;
}
