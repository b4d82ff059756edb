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

/** Tells the client that a call goes on: how far it is, in a number that rises, and in words. */
export type Notify = (progress: number, message: string) => Promise<void>;

/** Clients give a call up after a while in which they hear nothing, many after 60 s. */
const tellEvery = 5000;

/** Never rejects: what fails is a result that says so. */
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
    const what = characters === 0 ? "It is asked." : `${characters} characters have come.`;
    // A client that has left hears nothing, and the call is ended by its signal.
    notify(told, what).catch(() => undefined);
  }, tellEvery);
  return {
    onProgress: (count: number) => {
      characters = count;
    },
    stop: () => clearInterval(timer),
  };
}
