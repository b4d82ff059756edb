import type { DualModeError, Reply } from "@acc/dual-mode";
import type { RunnerTestCase } from "vitest";

/** One line of the table. */
export interface Row {
  readonly target: string;
  readonly done: string;
  /** What the provider said. */
  readonly said: string;
  /** Our code, or "ok". */
  readonly code: string;
}

declare module "vitest" {
  interface TaskMeta {
    row?: Row;
  }
}

/** How a call ended. */
export type Ending = Pick<Row, "said" | "code">;

/** What a test did, by the names of its suites, and how its last call ended. */
export function toRow(test: RunnerTestCase, ending: Ending = { said: "", code: "ok" }): Row {
  const [target = "", ...done] = [...suitesOf(test), test.name].map(unquoted);
  return { target, done: done.join(", "), ...ending, said: ending.said.replace(ours, "") };
}

/** How our message begins, before the provider's own words. */
const ours = /^\w+'s (API|CLI) (refused|reported)( \(\d+\))?: /;

export function endingOf(outcome: Reply | DualModeError): Ending {
  if (!(outcome instanceof Error)) {
    const codes = outcome.attempts.map(({ code = "ok" }) => code);
    return { said: JSON.stringify(outcome.text), code: codes.join(", ") };
  }
  const tried = outcome.attempts.find(({ ms }) => ms > 0) ?? outcome.attempts.at(-1);
  return { said: tried?.reason ?? outcome.message, code: tried?.code ?? outcome.code };
}

/** A name that was put in by `$name` stands in quotes. */
function unquoted(name: string): string {
  return name.replaceAll("'", "");
}

function suitesOf({ suite }: Pick<RunnerTestCase, "suite">): readonly string[] {
  return suite === undefined ? [] : [...suitesOf(suite), suite.name];
}

const width = { done: 44, said: 46, code: 24 };

/** The rows of each target below its name, at most 120 columns wide. */
export function printed(rows: readonly Row[]): string {
  const targets = [...new Set(rows.map(({ target }) => target))];
  const line = ({ done, said, code }: Pick<Row, "done" | "said" | "code">) =>
    `  ${cell(done, width.done)}  ${cell(said, width.said)}  ${code}`.trimEnd();
  const head = line({ done: "what was done", said: "what the provider said", code: "our code" });
  return targets
    .map((target) =>
      [`\n${target}`, head, ...rows.filter((row) => row.target === target).map(line)].join("\n"),
    )
    .join("\n");
}

function cell(text: string, columns: number): string {
  const one = text.replaceAll(/\s+/g, " ");
  return (one.length > columns ? `${one.slice(0, columns - 1)}…` : one).padEnd(columns);
}
