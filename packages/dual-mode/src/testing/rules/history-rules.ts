import { deepEqual, equal, ok } from "node:assert/strict";
import type { ChatRequest, Message, ToolCall } from "../../contract/request.ts";
import { DualModeError } from "../../error.ts";
import { whole } from "../plays.ts";
import type { Ground, Rule } from "../rule.ts";

const tool = { name: "marked_tool", inputSchema: { type: "object" } };
const call = (id: string, mark: string): ToolCall => ({ id, name: tool.name, input: { mark } });
const asks = (toolCalls: readonly ToolCall[]): Message => ({
  role: "assistant",
  content: "",
  toolCalls,
});
const gives = (toolCallId: string, content: string): Message => ({
  role: "tool",
  toolCallId,
  content,
});
const hello: Message = { role: "user", content: "Hello" };

/** Matches a member that is blank or empty, in JSON or in JSON within a text. */
const blankMember = /(\\?")(content|text|parts)\1:\s*(\1\s*\1|\[\s*\])/;
const halfCharacter = /\\\\?ud83c|\ud83c(?![\udc00-\udfff])/iu;

/** Rules for sending a conversation, and for the ids of calls that this needs. */
export const historyRules: readonly Rule[] = [
  {
    name: "text that was cut within a character reaches the vendor well-formed",
    purpose: "Half of an emoji is no text: vendors refuse the whole request for it.",
    check: async (ground) => {
      const messages: Message[] = [{ role: "user", content: "marked \ud83c" }];
      const sent = (await sentOf(ground, { messages })) ?? "";
      ok(sent.includes("marked"), "The text did not arrive.");
      ok(!halfCharacter.test(sent), "The half of a character was sent.");
    },
  },
  {
    name: "a turn that says nothing is not sent",
    purpose: "Vendors refuse a turn without content, and with it the rest of the conversation.",
    check: async (ground) => {
      const empty: Message = { role: "assistant", content: " " };
      const sent = await sentOf(ground, { messages: [hello, empty, hello] });
      if (sent !== undefined)
        ok(!blankMember.test(sent), "A blank text or an empty turn was sent.");
    },
  },
  {
    name: "tools are refused, or their results arrive behind the calls and in their order",
    purpose: "Vendors tell results apart by their place: one that is in another's is taken for it.",
    check: async (ground) => {
      const calls = asks([call("a", "call-one"), call("b", "call-two")]);
      const results = [gives("b", "result-two"), gives("a", "result-one")];
      const sent = await sentOf(ground, { messages: [hello, calls, ...results], tools: [tool] });
      if (sent === undefined) return;
      const marks = ["call-one", "call-two", "result-one", "result-two"];
      const places = marks.map((mark) => sent.lastIndexOf(mark));
      ok(!places.includes(-1), "A call or a result did not arrive.");
      deepEqual(
        places,
        places.toSorted((one, other) => one - other),
        "They changed places.",
      );
    },
  },
  {
    name: "tools are refused, or the ids of a history's calls are sent as those of different calls",
    purpose: "There are vendors that begin anew with each answer, and vendors that refuse that.",
    check: async (ground) => {
      const turn = [asks([call("call_1", "x")]), gives("call_1", "y")];
      const sent = await sentOf(ground, { messages: [hello, ...turn, ...turn], tools: [tool] });
      const times = sent?.split("call_1").length ?? 0;
      const alone = sent?.match(/call_1(?![\w-])/g)?.length ?? 0;
      ok(times <= 1 || alone <= 2, "Two calls were sent under one id.");
    },
  },
  {
    name: "tools are refused, or each call that is told has an id that no other has",
    purpose: "A caller knows a call by its id alone, over all the turns of a conversation.",
    check: async (ground) => {
      const inputs = [{ city: "Graz" }, { city: "Linz" }];
      const ids: string[] = [];
      for (let turn = 0; turn < 2; turn++) {
        const script = ground.stage.calls(inputs.map((input) => ({ name: tool.name, input })));
        if (script === undefined) return;
        ground.stage.play(script);
        const reply = await answered(ground, { messages: [hello], tools: [tool] });
        if (reply === undefined) return;
        deepEqual(
          reply.toolCalls.map(({ input }) => input),
          inputs,
        );
        ids.push(...reply.toolCalls.map(({ id }) => id));
      }
      ok(!ids.includes(""), "A call has no id.");
      equal(new Set(ids).size, ids.length, "Two calls have one id.");
    },
  },
];

/**
 * Returns what arrived of a request; undefined if it was refused because of a feature that the
 * provider lacks.
 */
async function sentOf(ground: Ground, request: ChatRequest): Promise<string | undefined> {
  ground.stage.play(whole(ground.stage));
  const reply = await answered(ground, request);
  return reply === undefined ? undefined : ground.stage.sent().at(-1)?.content;
}

async function answered({ client }: Ground, request: ChatRequest) {
  try {
    return await client().chat(request);
  } catch (error) {
    if (DualModeError.is(error) && error.code === "UNSUPPORTED_FEATURE") return undefined;
    throw error;
  }
}
