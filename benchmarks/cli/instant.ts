import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "@acc/dual-mode";
import { compare } from "../harness/compare.ts";
import { repeated } from "../harness/repeated.ts";
import type { Row } from "../harness/report.ts";
import { bareRun } from "./bare-run.ts";
import { answerTo, type Dialogue } from "./dialogue.ts";
import { inFolder, type RecordedRun } from "./recorded-run.ts";

/**
 * A run whose CLI takes no time: a stand-in of `sh` says again what the real one said. What is
 * left is ours, without the noise of a program that runs for a second.
 */
export async function compareInstant(
  open: (command: string) => Client,
  command: string,
  recorded: RecordedRun,
  folder: string,
): Promise<Row[]> {
  const run = inFolder(recorded, join(folder, "instant"));
  const plain = { ...run, args: ["--version"], dialogue: { stdin: "", replies: [] } };
  const version = await bareRun(command, plain, false);
  const said = await bareRun(command, run, false);
  const standIn = join(folder, "instant.sh");
  writeFileSync(standIn, source(version, said, run.dialogue, folder), { mode: 0o755 });
  await using client = open(standIn);
  const reference = "the stand-in, bare";
  return await compare(
    [
      { name: "chat()", kind: "ours", batch: repeated(() => client.chat("hello")) },
      { name: reference, kind: "floor", batch: repeated(() => bareRun(standIn, run, false)) },
    ],
    { reference, unitUs: 1000, rounds: 31 },
  );
}

function source(version: string, said: string, dialogue: Dialogue, folder: string): string {
  const talk =
    dialogue.endsAfter === undefined ? told(said, folder) : spoken(said, dialogue, folder);
  return `#!/bin/sh
if [ "$1" = --version ]; then echo '${version.trim()}'; exit; fi
${talk.join("\n")}
`;
}

function told(said: string, folder: string): readonly string[] {
  return ["cat > /dev/null", saying(said, join(folder, "said"))];
}

/** Takes as many lines as it is told, and says its own up to where it waits for the next. */
function spoken(said: string, dialogue: Dialogue, folder: string): readonly string[] {
  const script = [hearing(dialogue.stdin)];
  let waiting = "";
  for (const line of said.trimEnd().split("\n")) {
    waiting += `${line}\n`;
    const answer = answerTo(line, dialogue);
    if (answer === undefined) continue;
    script.push(saying(waiting, join(folder, `said-${script.length}`)), hearing(answer));
    waiting = "";
  }
  return [...script, saying(waiting, join(folder, "said")), "cat > /dev/null"];
}

function hearing(text: string): string {
  return Array.from({ length: text.split("\n").length - 1 }, () => "read -r _").join("; ");
}

function saying(text: string, path: string): string {
  writeFileSync(path, text);
  return `cat '${path}'`;
}
