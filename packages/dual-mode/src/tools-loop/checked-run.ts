import * as z from "zod/mini";
import type { CallOptions } from "../contract/call-options.ts";
import type { ChatRequest } from "../contract/request.ts";
import { DualModeError } from "../error.ts";
import { check } from "../request/check.ts";
import { checkMessages } from "../request/check-messages.ts";
import type { Form } from "../request/form.ts";
import { once } from "../request/form.ts";
import { callOptionsForm } from "../request/option-forms.ts";
import { prompt, requestForm } from "../request/request-forms.ts";
import type { ToolFunction } from "./contract.ts";
import type { GivenRun } from "./given-run.ts";

/** The checked request and options of a run. */
export interface CheckedRun {
  readonly request: ChatRequest;
  readonly tools: Readonly<Record<string, ToolFunction>>;
  readonly maxSteps: number;
  readonly asked: CallOptions;
}

const isFunction = once(() =>
  z.custom((value) => typeof value === "function", "must be a function"),
);
const form: Form = {
  members: {
    ...callOptionsForm.members,
    tools: once(() => z.record(z.string(), isFunction())),
    maxSteps: once(() => z.int().check(z.gte(1))),
  },
  required: ["tools"],
};

/**
 * Checks a run.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST`, naming the member
 */
export function checkedRun({ input, options }: GivenRun): CheckedRun {
  check(form, options, "options");
  const { tools, maxSteps = 20, ...asked } = options;
  const request = asRequest(input);
  if (request.tools !== undefined) checkPairs(request.tools, tools);
  return { request, tools, maxSteps, asked };
}

function asRequest(input: string | ChatRequest): ChatRequest {
  if (typeof input === "string") {
    check(prompt(), input, "prompt");
    return { messages: [{ role: "user", content: input }] };
  }
  check(requestForm, input, "request");
  checkMessages(input.messages, "request.messages");
  return input;
}

/** Tools that the client's defaults declare are not known here. */
function checkPairs(
  declared: NonNullable<ChatRequest["tools"]>,
  tools: Readonly<Record<string, ToolFunction>>,
): void {
  const names = new Set(declared.map(({ name }) => name));
  const idle = [...names].find((name) => !Object.hasOwn(tools, name));
  if (idle !== undefined) {
    throw unpaired(`options.tools has no function for the tool "${idle}".`, "Give it one.");
  }
  const unknown = Object.keys(tools).find((name) => !names.has(name));
  if (unknown === undefined) return;
  const fix = `Declare it there, or leave it out: the model is told of ${[...names].join(", ")}.`;
  throw unpaired(`request.tools does not declare the tool "${unknown}".`, fix);
}

function unpaired(message: string, fix: string): DualModeError {
  return new DualModeError("INVALID_REQUEST", message, { fix });
}
