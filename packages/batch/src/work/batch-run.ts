import { type CallOptions, type ChatRequest, DualModeError, type Reply } from "@acc/dual-mode";
import type { BatchOptions, BatchStop, Row } from "../contract.ts";
import type { BoundOf } from "../cost/bounds.ts";
import type { Purse } from "../cost/purse.ts";
import { LineFault } from "../input/line-fault.ts";
import { idOf, type RequestOf } from "../input/request-of.ts";
import type { SharedRows } from "../input/shared-rows.ts";
import type { Recorder } from "../journal/recorder.ts";
import { answerOf, type Place } from "../output/answer.ts";
import { copyOfJson } from "../output/json-format.ts";
import { jsonText } from "../output/json-text.ts";
import type { OutputFormat } from "../output/output-format.ts";
import { endsBatch, InARow } from "./ends-batch.ts";
import { Turns } from "./event-loop-turns.ts";
import { failedLine, perhapsPaid } from "./failure-of.ts";
import { aborted, nobodyThere, overMaxCost, stoppedBy } from "./stops.ts";
import type { Tally } from "./tally.ts";

/** What a run needs. */
export interface RunParts {
  readonly options: BatchOptions;
  readonly concurrency: number;
  readonly requestOf: RequestOf;
  /** For each index, the index of the first equal line. */
  readonly firsts: Uint32Array;
  /** Changes when the input is written to after the survey. */
  readonly stamp: string;
  /** Identifies the content of the input. */
  readonly digest: string;
  readonly format: OutputFormat;
  readonly recorder: Recorder;
  readonly tally: Tally;
  readonly budget: Budget | undefined;
  readonly signal: AbortSignal;
}

export interface Budget {
  readonly purse: Purse;
  readonly boundOf: BoundOf;
  /** Most attempts for a line. */
  readonly tries: number;
  readonly maxCost: number;
}

/** A line that is being settled. */
interface OpenLine {
  readonly index: number;
  readonly place: Place;
  readonly row: Row | LineFault;
}

interface Settling {
  readonly index: number;
  readonly settled: Promise<void>;
}

/** Timeout of a call in milliseconds: it may wait for a rate limit that lasts for hours. */
export const patience: number = 24 * 3_600_000;

/** One run of a batch: settles several lines at once, and writes each to the disk. */
export class BatchRun {
  readonly #parts: RunParts;
  readonly #call: CallOptions;
  readonly #inARow: InARow;
  /** Lines in progress, for which equal lines wait. */
  readonly #open: Settling[] = [];
  readonly #turns = new Turns();
  #stop: BatchStop | undefined;

  constructor(parts: RunParts) {
    const { options, signal, concurrency } = parts;
    this.#parts = parts;
    this.#call = { timeout: { total: patience }, ...options.call, signal };
    this.#inARow = new InARow(2 * concurrency);
    if (signal.aborted) this.#end(aborted);
    signal.addEventListener("abort", () => this.#end(aborted), { once: true });
  }

  /** Why the run was stopped, if it was. */
  get stop(): BatchStop | undefined {
    return this.#stop;
  }

  /** Settles one line after the other, until there are none or the run is stopped. */
  async work(rows: SharedRows): Promise<void> {
    while (this.#stop === undefined) {
      await this.#turns.next();
      const next = await rows.next();
      if (next === undefined) return;
      const { index, line, row } = next;
      if (!this.#parts.recorder.settled.isPending(index)) continue;
      const place = { id: idOf(row, line), line };
      const settling = { index, settled: this.#settle({ index, row, place }) };
      this.#open.push(settling);
      try {
        await settling.settled;
      } finally {
        this.#open.splice(this.#open.indexOf(settling), 1);
      }
    }
  }

  async #settle(open: OpenLine): Promise<void> {
    const { index, row } = open;
    const { firsts, requestOf, budget, recorder } = this.#parts;
    const first = firsts[index] ?? index;
    if (first !== index) return this.#takeEqual(first, open);
    try {
      const request = requestOf(row);
      if (budget === undefined) return await this.#ask(open, request, 0);
      const bound = budget.boundOf(request);
      if (typeof bound === "string") throw new LineFault(`It has ${bound}.`);
      if (!(await budget.purse.take(bound))) {
        return this.#end(overMaxCost(budget.maxCost, recorder.settled.spent));
      }
      try {
        await recorder.begun(index, bound);
        await this.#ask(open, request, bound / budget.tries);
      } finally {
        budget.purse.settle(bound);
      }
    } catch (error) {
      if (!(error instanceof LineFault)) throw error;
      await this.#fail(open, error, 0);
    }
  }

  /** @param ofTry US dollars that an attempt costs at most, if costs are limited; otherwise 0 */
  async #ask(open: OpenLine, request: ChatRequest, ofTry: number): Promise<void> {
    const { options, recorder, format, tally, signal } = this.#parts;
    let reply: Reply;
    try {
      reply = await options.client.chat(request, this.#call);
    } catch (error) {
      if (!DualModeError.is(error)) throw error;
      if (signal.aborted) return;
      if (endsBatch(error)) return this.#end(stoppedBy(error));
      await this.#fail(open, error, ofTry * perhapsPaid(error.attempts));
      if (this.#inARow.failed(error)) this.#end(nobodyThere(error, this.#inARow.most));
      return;
    }
    this.#inARow.answered();
    const text = format.encode(answerOf(open.place, reply), cellsOf(open.row));
    await recorder.answered(open.index, text, costOf(reply, ofTry));
    tally.answered(reply);
  }

  async #fail(open: OpenLine, error: DualModeError | LineFault, cost: number): Promise<void> {
    const text = jsonText(failedLine(open.place, error));
    await this.#parts.recorder.failed(open.index, text, cost);
    this.#parts.tally.failed();
  }

  /** Copies the result of the first equal line. If that has none, the line stays pending. */
  async #takeEqual(first: number, { index, place, row }: OpenLine): Promise<void> {
    const { recorder, format, tally } = this.#parts;
    await this.#open.find(({ index }) => index === first)?.settled;
    if (recorder.settled.isAnswered(first)) {
      const text = format.copy(await recorder.read(first), place, cellsOf(row));
      await recorder.answered(index, text, 0);
    } else if (recorder.settled.isFailed(first)) {
      await recorder.failed(index, copyOfJson(await recorder.read(first), place), 0);
    } else return;
    tally.equal();
  }

  #end(stop: BatchStop): void {
    this.#stop ??= stop;
  }
}

function cellsOf(row: Row | LineFault): Row {
  return row instanceof LineFault ? {} : row;
}

/**
 * Returns the cost of an answer. If costs are limited, an unknown one counts as the most that it
 * may be.
 */
function costOf({ cached, joined, cost, attempts }: Reply, ofTry: number): number | null {
  if (cached || joined) return 0;
  const lost = ofTry * perhapsPaid(attempts);
  if (cost !== undefined) return cost.amount + lost;
  return ofTry > 0 ? ofTry + lost : null;
}
