import { expect, it } from "vitest";
import { asked, begun, completed, type Event } from "./responses-scene.ts";

const says = (item_id: string, delta: string) => ({
  type: "response.output_text.delta",
  item_id,
  delta,
});
const message = (id: string | undefined, text: string) => ({
  type: "message",
  ...(id && { id }),
  content: text === "" ? [] : [{ type: "output_text", text }],
});
const call = (call_id: string, q: number) => ({
  type: "function_call",
  call_id,
  name: "f",
  arguments: JSON.stringify({ q }),
});
const added = (item: object) => ({ type: "response.output_item.added", item });
const done = (item: object) => ({ type: "response.output_item.done", item });

const answer = [
  [added(message("m", "")), says("m", "Hi"), done(message("m", "Hi"))],
  [added({ ...call("a", 1), arguments: "" }), done(call("a", 1))],
  [added({ ...call("b", 2), arguments: "" }), done(call("b", 2))],
];
const output = [message("m", "Hi"), call("a", 1), call("b", 2)];
const at = (place: (index: number) => object) =>
  answer.flatMap((events, index) => events.map((each) => ({ ...each, ...place(index) }) as Event));

it.each([
  ["in order", (index: number) => ({ output_index: index })],
  ["without indexes (ggml-org/llama.cpp#20607, lemonade-sdk/lemonade#3607)", () => ({})],
  ["all under one (tashfeenahmed/freellmapi#846)", () => ({ output_index: 0 })],
  ["from 1 on (sgl-project/sglang#12644)", (index: number) => ({ output_index: index + 1 })],
])("items %s are each told once", async (_, place) => {
  for (const summedUp of [[], output]) {
    const { parts, error } = await asked([begun, ...at(place), completed({ output: summedUp })]);
    expect(error).toBeUndefined();
    expect(parts.filter(({ type }) => type === "text")).toEqual([{ type: "text", text: "Hi" }]);
    const calls = parts.flatMap((part) =>
      part.type === "tool-call" ? [[part.id, part.input]] : [],
    );
    expect(calls).toEqual([
      ["a", { q: 1 }],
      ["b", { q: 2 }],
    ]);
    expect(parts.at(-1)).toMatchObject({ reason: "tool-calls" });
  }
});

it("calls that are written beside each other without indexes are told apart", async () => {
  const [, [beginA, endA] = [], [beginB, endB] = []] = answer;
  const events = [beginA, beginB, endA, endB] as Event[];
  const { parts } = await asked([begun, ...events, completed()]);
  const ids = parts.flatMap((part) => (part.type === "tool-call" ? [part.id] : []));
  expect(ids).toEqual(["a", "b"]);
});
