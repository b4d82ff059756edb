import type { ServerResponse } from "node:http";
import type { Answer, RawRequest } from "../../../scripts/loopback-server.ts";
import { claudeEvent } from "../../../scripts/vendor-answers.ts";

type Block = { readonly cache_control?: { readonly ttl?: string } } & Readonly<
  Record<string, unknown>
>;

/** What one request was counted as, in characters: a token each. */
export interface Counted {
  readonly read: number;
  readonly written: number;
  readonly hour: number;
  readonly rest: number;
}

/** How far the API looks back from a mark for what an earlier request has written. */
const lookBack = 20;

/**
 * The API's cache of prompts by its rules: tools, system and messages in this order, an entry at
 * each mark, read at a mark or up to 20 blocks before it; four marks at most, none at an empty text
 * or a thought, and none for an hour behind one for five minutes.
 * https://platform.claude.com/docs/en/build-with-claude/prompt-caching
 */
export class PricedCache {
  readonly counted: Counted[] = [];
  /** Members of a body that the last request had. */
  body: Readonly<Record<string, unknown>> = {};
  readonly #entries = new Set<string>();
  /** What the model says next. */
  says = (turn: number): readonly object[] => [{ type: "text", text: `Answer ${turn}.` }];

  answer: Answer = (response, request) => {
    const blocks = this.#blocksOf(request);
    const fault = faultOf(blocks);
    if (fault !== undefined) return refuse(response, fault);
    const counted = this.#count(blocks);
    this.counted.push(counted);
    respond(response, counted, this.says(this.counted.length));
  };

  #blocksOf({ body }: RawRequest): readonly Block[] {
    const { tools = [], system = [], messages, ...rest } = JSON.parse(body);
    this.body = { tools, system, messages, ...rest };
    const contents = messages.map(({ content }: { content: Block[] }) => content);
    const given = typeof system === "string" ? [{ type: "text", text: system }] : system;
    return [...tools, ...given, ...contents.flat()];
  }

  #count(blocks: readonly Block[]): Counted {
    const plain = blocks.map(({ cache_control: _, ...block }) => JSON.stringify(block));
    const prefix = (end: number) => plain.slice(0, end + 1).join("\n");
    const marks = blocks.flatMap(({ cache_control }, index) => (cache_control ? [index] : []));
    const found = marks.flatMap((mark) => {
      const back = Array.from({ length: lookBack }, (_, step) => mark - step);
      return back.filter((at) => at >= 0 && this.#entries.has(prefix(at))).slice(0, 1);
    });
    const size = (from: number, to: number) => plain.slice(from, to).join("").length;
    const readTo = Math.max(0, ...found.map((at) => at + 1));
    const writtenTo = Math.max(readTo, ...marks.map((at) => at + 1));
    for (const mark of marks) this.#entries.add(prefix(mark));
    const written = size(readTo, writtenTo);
    const hour = blocks[marks[0] ?? 0]?.cache_control?.ttl === "1h" ? written : 0;
    return { read: size(0, readTo), written, hour, rest: size(writtenTo, plain.length) };
  }
}

function faultOf(blocks: readonly Block[]): string | undefined {
  const marked = blocks.filter(({ cache_control }) => cache_control);
  if (marked.length > 4) {
    return `A maximum of 4 blocks with cache_control may be provided. Found ${marked.length}.`;
  }
  const isWrong = ({ type, text }: Block) =>
    text === "" || type === "thinking" || type === "redacted_thinking";
  if (marked.some(isWrong)) return "cache_control cannot be set for this block";
  const times = marked.map(({ cache_control }) => cache_control?.ttl ?? "5m");
  const short = times.indexOf("5m");
  if (short !== -1 && times.lastIndexOf("1h") > short) {
    return "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block";
  }
  return undefined;
}

function refuse(response: ServerResponse, message: string): void {
  response.writeHead(400, { "content-type": "application/json" });
  response.end(
    JSON.stringify({ type: "error", error: { type: "invalid_request_error", message } }),
  );
}

function respond(response: ServerResponse, counted: Counted, content: readonly object[]): void {
  const { read, written, hour, rest } = counted;
  const usage = {
    input_tokens: rest,
    cache_read_input_tokens: read,
    cache_creation_input_tokens: written,
    cache_creation: {
      ephemeral_5m_input_tokens: written - hour,
      ephemeral_1h_input_tokens: hour,
    },
    output_tokens: 1,
  };
  const message = { id: "msg_1", type: "message", role: "assistant", model: "played", usage };
  const calls = content.some((block) => "input" in block);
  const events = [
    { type: "message_start", message: { ...message, content: [] } },
    ...content.flatMap((content_block, index) => [
      { type: "content_block_start", index, content_block },
      { type: "content_block_stop", index },
    ]),
    {
      type: "message_delta",
      delta: { stop_reason: calls ? "tool_use" : "end_turn" },
      usage: { output_tokens: 100 },
    },
    { type: "message_stop" },
  ];
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.end(events.map(claudeEvent).join(""));
}
