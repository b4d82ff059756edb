import {
  givenCount,
  givenText,
  isMembers,
  type RunContext,
  unreadable,
} from "@acc/dual-mode/provider";
import { who } from "../chunk.ts";
import { ask } from "./ask.ts";
import { jsonOf } from "./json-of.ts";

/** A batch as the API describes it: an operation with the batch in its metadata. */
export interface Operation {
  /** "batches/abc" */
  readonly name: string;
  /**
   * The state without the prefix of `BATCH_STATE_RUNNING`, or of the package's `JOB_STATE_RUNNING`:
   * "RUNNING".
   */
  readonly state: string | undefined;
  readonly done: boolean;
  readonly displayName: string | undefined;
  /** When it was created, in milliseconds since the epoch, or NaN. */
  readonly made: number;
  /** When it ended or was last updated, in milliseconds since the epoch, or NaN. */
  readonly changed: number;
  /** How many requests have an answer, as far as the API tells. */
  readonly settled: number;
  /** The file of results: "files/batch-abc". */
  readonly file: string | undefined;
  /** The file of requests, if the API names it. */
  readonly input: string | undefined;
  readonly error: unknown;
}

/** Reads the state of a batch. */
export async function look(name: string, context: RunContext<object>): Promise<Operation> {
  const operation = toOperation(await jsonOf(await ask(context, `/v1beta/${name}`)));
  if (operation.state === undefined && !operation.done) {
    throw unreadable(who, "a batch without its state");
  }
  return operation;
}

/**
 * https://ai.google.dev/api/batch-api
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export function toOperation(sent: unknown): Operation {
  const { name, metadata, response, done, error } = isMembers(sent) ? sent : {};
  const given = givenText(name);
  if (given === undefined || !/^batches\/[\w-]+$/.test(given)) {
    throw unreadable(who, "a batch without its name");
  }
  const about = isMembers(metadata) ? metadata : {};
  const { state, displayName, createTime, endTime, updateTime, output, inputConfig } = about;
  return {
    name: given,
    state: givenText(state)?.replace(/^(BATCH|JOB)_STATE_/, ""),
    done: done === true,
    displayName: givenText(displayName),
    made: timeOf(createTime),
    changed: timeOf(givenText(endTime) ?? updateTime),
    settled: settledOf(about.batchStats),
    file: fileOf(response) ?? fileOf(output),
    input: isMembers(inputConfig) ? fileNamed(inputConfig.fileName) : undefined,
    error: error ?? undefined,
  };
}

function timeOf(given: unknown): number {
  return Date.parse(givenText(given) ?? "");
}

/** The API's counts are 64 bits wide, and therefore strings in JSON. */
function settledOf(stats: unknown): number {
  const count = isMembers(stats) ? stats.successfulRequestCount : undefined;
  return givenCount(typeof count === "string" ? Number(count) : count) ?? 0;
}

function fileOf(output: unknown): string | undefined {
  return isMembers(output) ? fileNamed(output.responsesFile) : undefined;
}

function fileNamed(given: unknown): string | undefined {
  const name = givenText(given);
  if (name === undefined || /^files\/[\w-]+$/.test(name)) return name;
  throw unreadable(who, "a name that is not that of a file");
}
