import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "@acc/dual-mode";
import { compare } from "../harness/compare.ts";
import { repeated } from "../harness/repeated.ts";
import type { Row } from "../harness/report.ts";
import { bareRun } from "./bare-run.ts";
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
  const version = await bareRun(command, { ...run, args: ["--version"], stdin: "" }, false);
  const said = await bareRun(command, run, false);
  writeFileSync(join(folder, "said"), said);
  const standIn = join(folder, "instant.sh");
  writeFileSync(standIn, source(version, join(folder, "said")));
  chmodSync(standIn, 0o755);
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

function source(version: string, said: string): string {
  return `#!/bin/sh
if [ "$1" = --version ]; then echo '${version.trim()}'; exit; fi
cat > /dev/null
cat '${said}'
`;
}
