import type { Asker } from "./asker.ts";
import { listProviders } from "./list-providers.ts";
import { readArguments } from "./read-arguments.ts";
import {
  answerResult,
  comparedResult,
  failedResult,
  providersResult,
  type ToolResult,
} from "./tool-result.ts";

/** Reports the progress of a call to the client, as a rising number and in words. */
export type Notify = (progress: number, message: string) => Promise<void>;

/**
 * Time between two reports, in ms. Clients give up a call after a time without any, many after 60
 * s.
 */
const tellEvery = 5000;

/** Calls a tool. Never rejects: a failure is returned as a result. */
export async function callTool(
  asker: Asker,
  name: string,
  given: unknown,
  signal: AbortSignal,
  notify: Notify,
): Promise<ToolResult> {
  const progress = startTelling(notify);
  try {
    const question = await readArguments(name, given);
    if (name === "providers") return providersResult(await listProviders(asker.clients));
    if (name === "compare") {
      return comparedResult(await asker.compare(question, signal, progress.onProgress));
    }
    return answerResult(await asker.ask(question, signal, progress.onProgress));
  } catch (error) {
    return failedResult(error);
  } finally {
    progress.stop();
  }
}

function startTelling(notify: Notify) {
  let characters = 0;
  let told = 0;
  const timer = setInterval(() => {
    told += 1;
    const what =
      characters === 0 ? "Waiting for the answer." : `${characters} characters received.`;
    // A client that has left receives nothing; the call is aborted by its signal.
    notify(told, what).catch(() => undefined);
  }, tellEvery);
  return {
    onProgress: (count: number) => {
      characters = count;
    },
    stop: () => clearInterval(timer),
  };
}
