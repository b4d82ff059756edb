import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import type { Row } from "../contract.ts";
import type { Answer, Place } from "./answer.ts";
import type { OutputFormat } from "./output-format.ts";

/** The columns that an answer adds to those of its row. */
const added = [
  ...["reply", "finish_reason", "provider", "mode", "model"],
  ...["input_tokens", "output_tokens", "cost_usd", "cached", "attempts"],
];

/** Writes rows with their original cells, followed by the answer. */
export function csvFormat(columns: readonly string[]): OutputFormat {
  const own = columns.filter((name) => name !== "id" && name !== "line");
  const taken = new Set(own);
  const names = added.map((name) => (taken.has(name) ? `acc_${name}` : name));
  const cellsOf = ({ id, line }: Place, row: Row) => [id, line, ...own.map((name) => row[name])];
  return {
    header: stringify([["id", "line", ...own, ...names]]),
    encode: (answer, row) => stringify([[...cellsOf(answer, row), ...answerCells(answer)]]),
    copy(text, place, row) {
      const [cells = []] = parse(text) as string[][];
      const copied = cells.slice(-added.length);
      copied[added.indexOf("cost_usd")] = "";
      copied[added.indexOf("attempts")] = "0";
      return stringify([[...cellsOf(place, row), ...copied]]);
    },
  };
}

function answerCells({ reply, attempts, cost }: Answer): readonly unknown[] {
  const { text, finishReason, provider, mode, model, usage, cached } = reply;
  return [
    ...[text, finishReason, provider, mode, model],
    ...[usage?.inputTokens, usage?.outputTokens, cost?.amount, String(cached), attempts.length],
  ];
}
