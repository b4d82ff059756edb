import { auditPath, readAudit } from "@acc/secrets";
import { printableLine } from "../output/printable.ts";
import { coloursOf, print, printJson } from "../output/terminal.ts";
import { type UnlockOptions, withSecrets } from "./unlock.ts";

/** The fields of an audit line that a person reads. */
interface Line {
  readonly time: string;
  readonly actor: string;
  readonly action: string;
  readonly name?: string;
  readonly outcome: string;
}

/** The JSON document has only this many of the newest entries. */
const mostEntries = 10_000;

/** Shows what was done, and whether the lines are unchanged. Sets exit code 1 if they are not. */
export async function auditStore(
  options: UnlockOptions & { readonly json?: boolean },
): Promise<void> {
  const report = await withSecrets(options, (secrets) => secrets.verifyAudit());
  if (!report.ok) process.exitCode = 1;
  if (options.json) {
    printJson({ ...report, entries: await newestEntries() });
    return;
  }
  for await (const { text } of readAudit(auditPath())) {
    const line = entryOf(text);
    print(isLine(line) ? describe(line) : "not an entry of the audit log");
  }
  const { green, red } = coloursOf(process.stdout);
  print(
    report.ok
      ? green(`${report.lines} lines, all as they were written.`)
      : red(`${report.lines} lines, not as they were written:`),
  );
  for (const { message, line } of report.problems) {
    print(printableLine(line === undefined ? message : `line ${line}: ${message}`));
  }
  if (report.unlisted > 0) print(`and ${report.unlisted} more.`);
}

/** Checks the form of a line, since anyone who can write the file decides what is in it. */
function isLine(line: object | undefined): line is Line {
  const { time, actor, action, name = "", outcome } = (line ?? {}) as Partial<Line>;
  return [time, actor, action, name, outcome].every((field) => typeof field === "string");
}

function describe({ time, actor, action, name, outcome }: Line): string {
  const fields = [time, actor, action, ...(name ? [name] : []), outcome];
  return fields.map(printableLine).join("  ");
}

async function newestEntries(): Promise<readonly object[]> {
  let entries: object[] = [];
  for await (const { text } of readAudit(auditPath())) {
    const entry = entryOf(text);
    if (entry) entries.push(entry);
    if (entries.length >= 2 * mostEntries) entries = entries.slice(-mostEntries);
  }
  return entries.slice(-mostEntries);
}

/** The fields of a line without its signature; undefined if it is not JSON. */
function entryOf(text: string | undefined): object | undefined {
  try {
    const { mac: _mac, prev: _prev, ...entry } = JSON.parse(text ?? "");
    return entry;
  } catch {
    return undefined;
  }
}
