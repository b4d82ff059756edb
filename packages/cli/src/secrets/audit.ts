import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { auditPath } from "@acc/secrets";
import { coloursOf, print, printJson } from "../output/terminal.ts";
import { type UnlockOptions, withSecrets } from "./unlock.ts";

/** What a person wants of a line. */
interface Line {
  readonly time: string;
  readonly actor: string;
  readonly action: string;
  readonly name?: string;
  readonly outcome: string;
}

/** Shows what was done, and whether the lines are as they were written. Exit code 1 where not. */
export async function auditStore(
  options: UnlockOptions & { readonly json?: boolean },
): Promise<void> {
  const report = await withSecrets(options, (secrets) => secrets.verifyAudit());
  const lines = await readLines(auditPath());
  if (!report.ok) process.exitCode = 1;
  if (options.json) {
    printJson({ ...report, entries: lines });
    return;
  }
  for (const { time, actor, action, name = "", outcome } of lines) {
    print(`${time}  ${actor}  ${action}  ${name}  ${outcome}`.replace(/ {4}/, "  "));
  }
  const { green, red } = coloursOf(process.stdout);
  print(
    report.ok
      ? green(`${report.lines} lines, all as they were written.`)
      : red(`${report.lines} lines, not as they were written:`),
  );
  for (const { message, line } of report.problems) {
    print(line === undefined ? message : `line ${line}: ${message}`);
  }
}

/** Damaged lines are told of by the check, and left out here. */
async function readLines(path: string): Promise<readonly Line[]> {
  if (!existsSync(path)) return [];
  const text = await readFile(path, "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line) => {
      try {
        const { mac: _mac, prev: _prev, ...entry } = JSON.parse(line);
        return [entry as Line];
      } catch {
        return [];
      }
    });
}
