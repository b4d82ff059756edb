import { isBlank, loneSurrogate, type StrictRule } from "./strict-rule.ts";

interface Item {
  readonly type?: string;
  readonly role?: string;
  readonly id?: string;
  readonly call_id?: string;
  readonly content?: unknown;
  readonly arguments?: unknown;
  readonly output?: unknown;
  readonly encrypted_content?: unknown;
}

export interface ResponsesBody {
  readonly store?: boolean;
  readonly input: readonly Item[];
}

/** What the server of the tests has encrypted a thought to. */
export const openaiProof = "gAAA:of-a-thought";

const of = (type: string) => (item: Item) => item.type === type;
const calls = ({ input }: ResponsesBody) => input.filter(of("function_call"));
const outputs = ({ input }: ResponsesBody) => input.filter(of("function_call_output"));

/** Responses, where nothing is stored, as strict as people report them. */
export const responsesRules: readonly StrictRule<ResponsesBody>[] = [
  {
    says: "unexpected end of hex escape: lone surrogate",
    source: "anomalyco/opencode#13985",
    broken: (_, raw) => loneSurrogate.test(raw),
  },
  {
    says: "Item not found. Items are not persisted when `store` is set to false.",
    source: "maximhq/bifrost#5410, openai/openai-agents-js#546",
    broken: ({ store, input }) => store !== false || input.some(({ id }) => id !== undefined),
  },
  {
    says: "The encrypted content could not be verified.",
    source: "Wei-Shaw/sub2api#3138",
    broken: ({ input }) =>
      input
        .filter(of("reasoning"))
        .some(({ encrypted_content }) => encrypted_content !== openaiProof),
  },
  {
    says: "Item of type 'reasoning' was provided without its required following item.",
    source: "openai/openai-agents-js#929",
    broken: ({ input }) =>
      input.some((item, index) => {
        const next = input[index + 1];
        const isAnswer = next?.type === "function_call" || next?.role === "assistant";
        return item.type === "reasoning" && !isAnswer;
      }),
  },
  {
    says: "Invalid 'input[].call_id': string too long.",
    source: "decolua/9router#393, V1ki/dsh-plugin-subscriptions#29",
    broken: (body) => [...calls(body), ...outputs(body)].some(({ call_id = "" }) => !fits(call_id)),
  },
  {
    says: "No tool output found for function call.",
    source: "openai/openai-agents-python#673",
    broken: (body) =>
      calls(body).some(({ call_id }) => !outputs(body).some((each) => each.call_id === call_id)),
  },
  {
    says: "No tool call found for function call output.",
    source: "leookun/cursor-byok#307, continuedev/continue#10092",
    broken: (body) =>
      outputs(body).some(({ call_id }) => !calls(body).some((each) => each.call_id === call_id)),
  },
  {
    says: "Missing required parameter: arguments must be JSON of an object.",
    source: "openai/codex#42088",
    broken: (body) =>
      calls(body).some(({ arguments: json }) => !/^\{/.test(String(json)) || isBlank(json)),
  },
];

function fits(id: string): boolean {
  return id.length > 0 && id.length <= 64;
}
