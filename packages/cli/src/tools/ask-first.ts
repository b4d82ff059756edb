import type { ToolContext, ToolFunction } from "@acc/dual-mode";
import { redact } from "@acc/secrets/redact";
import { Failure } from "../failure.ts";
import { printableLine } from "../output/printable.ts";
import { coloursOf, tell, write } from "../output/terminal.ts";
import { askOnTerminal, hasTerminal } from "./ask-on-terminal.ts";
import type { FoundTool } from "./found-tool.ts";

/** The most characters shown of a call's arguments: a person must see what is about to be done. */
const longest = 2000;

/** Asks before each call, one question at a time, since an answer may contain several calls. */
export class CallGate {
  /** The names of tools that are called without a question. */
  readonly #allowed: Set<string>;
  readonly #beforeAsking: () => void;
  #last: Promise<unknown> = Promise.resolve();
  /** Why the whole run must end. */
  refusal: Failure | undefined;
  /** Called when the run must end. */
  onRefusal: () => void = () => {};

  constructor(allowed: readonly string[], beforeAsking: () => void) {
    this.#allowed = new Set(allowed);
    this.#beforeAsking = beforeAsking;
  }

  /** The tool's function, which asks before it runs. */
  guarded(tool: FoundTool): ToolFunction {
    return async (input: unknown, context: ToolContext) => {
      await this.#inTurn(() => this.#admit(tool, input, context.signal));
      return withoutSecrets(await tool.run(input, context));
    };
  }

  /** @throws Error for the model if the person says no */
  async #admit({ name, from }: FoundTool, input: unknown, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#beforeAsking();
    const call = shownCall(name, input);
    if (this.#allowed.has(name)) return showCall(call);
    if (!hasTerminal()) throw this.#refuse(name, call);
    showCall(`${call} (${from})`);
    const answer = await askOnTerminal(signal);
    if (answer === "always") this.#allowed.add(name);
    if (answer === "no") throw new Error("The person refused this call.");
  }

  #refuse(name: string, call: string): Failure {
    this.refusal ??= new Failure(
      "CALL_NOT_CONFIRMED",
      `The model wants to call ${call}, and there is no terminal on which you could allow it.`,
      `Nothing was called. To have this tool called without a question: --yes ${name}`,
    );
    this.onRefusal();
    return this.refusal;
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(task, task);
    this.#last = mine.catch(() => {});
    return mine;
  }
}

/** Removes this machine's secrets from a tool's result, since the result is sent to a vendor. */
function withoutSecrets(given: unknown): unknown {
  const json: string | undefined = JSON.stringify(given);
  const clean = json && redact(json);
  return clean === json ? given : JSON.parse(clean ?? "null");
}

/** A call in one line and without known secrets, whatever its input contains. */
function shownCall(name: string, input: unknown): string {
  const text = printableLine(redact(`${name} ${JSON.stringify(input)}`));
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text;
}

function showCall(call: string): void {
  const { cyan } = coloursOf(process.stderr);
  if (process.stderr.isTTY) write(process.stderr, `${cyan("→")} ${call}\n`);
  else tell(`calls ${call}`);
}
