import type { ToolContext, ToolFunction } from "@acc/dual-mode";
import { redact } from "@acc/secrets/redact";
import { Failure } from "../failure.ts";
import { printableLine } from "../output/printable.ts";
import { coloursOf, tell, write } from "../output/terminal.ts";
import { askOnTerminal, hasTerminal } from "./ask-on-terminal.ts";
import type { FoundTool } from "./found-tool.ts";

/** Characters of a call's arguments that are shown: a person has to see what is about to be done. */
const longest = 2000;

/** Asks before each call, one at a time: an answer may bring several at once. */
export class CallGate {
  /** Names that are called without a question. */
  readonly #allowed: Set<string>;
  readonly #beforeAsking: () => void;
  #last: Promise<unknown> = Promise.resolve();
  /** Why the whole run has to end. */
  refusal: Failure | undefined;
  /** Called where it has to. */
  onRefusal: () => void = () => {};

  constructor(allowed: readonly string[], beforeAsking: () => void) {
    this.#allowed = new Set(allowed);
    this.#beforeAsking = beforeAsking;
  }

  /** The tool's function, behind the question. */
  guarded(tool: FoundTool): ToolFunction {
    return async (input: unknown, context: ToolContext) => {
      await this.#inTurn(() => this.#admit(tool, input, context.signal));
      return withoutSecrets(await tool.run(input, context));
    };
  }

  /** @throws Error that the model is told, where the person says no */
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

/** What a tool gave goes to a vendor: a secret of this machine's is none of its business. */
function withoutSecrets(given: unknown): unknown {
  const json: string | undefined = JSON.stringify(given);
  const clean = json && redact(json);
  return clean === json ? given : JSON.parse(clean ?? "null");
}

/** Whoever made the input: one line, without known secrets. */
function shownCall(name: string, input: unknown): string {
  const text = printableLine(redact(`${name} ${JSON.stringify(input)}`));
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text;
}

function showCall(call: string): void {
  const { cyan } = coloursOf(process.stderr);
  if (process.stderr.isTTY) write(process.stderr, `${cyan("→")} ${call}\n`);
  else tell(`calls ${call}`);
}
