import { Failure } from "../failure.ts";
import { printableLine } from "../output/printable.ts";
import { print, printJson, tell } from "../output/terminal.ts";
import { keptAnswers } from "./kept-answer.ts";
import { withDisk } from "./open-disk.ts";

interface JsonOption {
  readonly json?: boolean;
}

export async function listCache({ json }: JsonOption): Promise<void> {
  const answers = await withDisk(keptAnswers);
  if (json) {
    printJson({ answers });
    return;
  }
  if (answers.length === 0) {
    tell("The cache is empty.");
    return;
  }
  const { table } = await import("../output/table.ts");
  const rows = answers.map(({ cid, provider = "?", model = "?", storedAt = "", text = "" }) => [
    cid.slice(0, 24),
    provider,
    model,
    storedAt.slice(0, 16).replace("T", " "),
    beginningOf(text),
  ]);
  print(table(["cid", "provider", "model", "kept", "answer"], rows));
}

/** The beginning of an answer, to tell answers apart in a list. */
function beginningOf(text: string): string {
  const line = printableLine(text.replaceAll(/\s+/g, " ").trim());
  return line.length > 40 ? `${line.slice(0, 39).trimEnd()}…` : line;
}

export async function showAnswer(cid: string, { json }: JsonOption): Promise<void> {
  const answers = await withDisk(keptAnswers);
  const found = answers.filter((answer) => answer.cid.startsWith(cid));
  const [answer] = found;
  if (answer === undefined || found.length > 1) {
    throw new Failure(
      answer === undefined ? "NOT_FOUND" : "AMBIGUOUS",
      `${answer === undefined ? "No answer" : "More than one answer"} is kept under ${cid}.`,
      "acc cache list shows what there is.",
    );
  }
  if (json) {
    printJson(answer);
    return;
  }
  const { text = "", ...facts } = answer;
  for (const [name, value] of Object.entries(facts)) {
    print(`${name.padEnd(10)}  ${printableLine(String(value))}`);
  }
  print(`\n${text}`);
}

/** Sets exit code 1 if something was damaged. */
export async function verifyCache({ json }: JsonOption): Promise<void> {
  const report = await withDisk((cache) => cache.verify());
  if (report.damaged > 0) process.exitCode = 1;
  if (json) printJson(report);
  else print(lines(report));
}

export async function pruneCache({ json }: JsonOption): Promise<void> {
  const result = await withDisk((cache) => cache.prune());
  if (json) printJson(result);
  else print(lines(result));
}

export async function clearCache({ json }: JsonOption): Promise<void> {
  const removed = await withDisk((cache) => cache.clear());
  if (json) printJson({ removed });
  else tell(`Removed answers: ${removed}.`);
}

function lines(counts: object): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name.padEnd(10)}  ${count}`)
    .join("\n");
}
