import { expect, test } from "vitest";
import { answerTo, isLast, toDialogue } from "../../benchmarks/cli/dialogue.ts";

const [was, is] = ["019ad1aa-0000-7000-8000-000000000001", "019ad1aa-0000-7000-8000-000000000002"];
const response = (id: number, thread: string) =>
  JSON.stringify({ id, result: { thread: { id: thread } } });
const notice = (method: string, thread: string) => JSON.stringify({ method, params: { thread } });
const asked = (thread: string) => `${JSON.stringify({ id: 5, params: { thread } })}\n`;

test("a recorded dialogue is said again with the ids of the new run", () => {
  const dialogue = toDialogue([
    { host: "first\n" },
    { command: response(4, was) },
    { command: notice("thread/started", was) },
    { host: asked(was) },
    { command: notice("turn/completed", was) },
    "end",
  ]);
  expect(dialogue.stdin).toBe("first\n");
  expect(answerTo(notice("thread/started", is), dialogue)).toBeUndefined();
  expect(answerTo(response(3, is), dialogue)).toBeUndefined();
  expect(answerTo(response(4, is), dialogue)).toBe(asked(is));
  expect(isLast(response(4, is), dialogue)).toBe(false);
  expect(isLast(notice("turn/completed", is), dialogue)).toBe(true);
});

test("what is said at once, stdin then closed, is no dialogue", () => {
  const dialogue = toDialogue([{ host: "a pro" }, { host: "mpt" }, "end", { command: "words" }]);
  expect(dialogue).toEqual({ stdin: "a prompt", replies: [] });
  expect(answerTo("words", dialogue)).toBeUndefined();
  expect(isLast("words", dialogue)).toBe(false);
});
