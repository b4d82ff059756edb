import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { auditPath } from "@acc/secrets";
import { printableLine } from "../output/printable.ts";
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
    printJson({ ...report, entries: lines.filter((line) => line !== undefined) });
    return;
  }
  for (const line of lines) print(isLine(line) ? describe(line) : "not a line of the audit");
  const { green, red } = coloursOf(process.stdout);
  print(
    report.ok
      ? green(`${report.lines} lines, all as they were written.`)
      : red(`${report.lines} lines, not as they were written:`),
  );
  for (const { message, line } of report.problems) {
    print(printableLine(line === undefined ? message : `line ${line}: ${message}`));
  }
}

/** Who can write to the file decides what is in it. */
function isLine(line: object | undefined): line is Line {
  const { time, actor, action, name = "", outcome } = (line ?? {}) as Partial<Line>;
  return [time, actor, action, name, outcome].every((field) => typeof field === "string");
}

function describe({ time, actor, action, name, outcome }: Line): string {
  const fields = [time, actor, action, ...(name ? [name] : []), outcome];
  return fields.map(printableLine).join("  ");
}

/** What each line holds, but for its signature; nothing of one that is no JSON. */
async function readLines(path: string): Promise<readonly (object | undefined)[]> {
  if (!existsSync(path)) return [];
  const text = await readFile(path, "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      try {
        const { mac: _mac, prev: _prev, ...entry } = JSON.parse(line);
        return entry;
      } catch {
        return undefined;
      }
    });
}
