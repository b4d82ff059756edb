import { deepEqual, equal, ok } from "node:assert/strict";
import type { Part } from "../../contract/part.ts";
import { paused, plain, whole } from "../plays.ts";
import type { Ground, Rule } from "../rule.ts";
import { waitFor } from "../wait-for.ts";

const texts = ["Grüße, ", "世界 ", "🌍!"];

/** Rules for the answer that a caller gets. */
export const answerRules: readonly Rule[] = [
  {
    name: "a chat gives the whole text",
    purpose: "No character may be lost, also where its bytes arrive apart.",
    check: async ({ stage, client }) => {
      stage.play(whole(stage, { texts }));
      equal((await client().chat("Hello")).text, texts.join(""));
    },
  },
  {
    name: "a reply names its mode and the model that answered",
    purpose: "A user must be able to see which mode and which model answered.",
    check: async ({ stage, client }) => {
      stage.play(whole(stage, { model: "played-model" }));
      const { mode, model } = await client().chat("Hello");
      deepEqual({ mode, model }, { mode: stage.mode, model: "played-model" });
    },
  },
  {
    name: "a stream begins with start, ends with finish, and says what its chat says",
    purpose: "Chat is the fold of the stream: one may not say something else than the other.",
    check: async ({ stage, client }) => {
      stage.play(whole(stage, { texts }));
      const parts: Part[] = [];
      for await (const part of client().stream("Hello")) parts.push(part);
      deepEqual([parts[0]?.type, parts.at(-1)?.type], ["start", "finish"]);
      const text = parts.map((part) => (part.type === "text" ? part.text : "")).join("");
      equal(text, (await client().chat("Hello")).text);
    },
  },
  {
    name: "a stream gives its first words before the answer has ended",
    purpose: "A stream that waits for the end of the answer is none.",
    check: firstWordsEarly,
  },
  {
    name: "the tokens that the vendor counts are reported",
    purpose: "A user who pays by token must be able to count.",
    check: async ({ stage, client }) => {
      stage.play(whole(stage, { inputTokens: 123, outputTokens: 45 }));
      const { usage } = await client().chat("Hello");
      deepEqual([usage?.inputTokens, usage?.outputTokens], [123, 45]);
    },
  },
  {
    name: "an answer cut by its bound of tokens ends with length",
    purpose: "Half an answer must not be taken, nor kept in the cache, for a whole one.",
    check: async ({ stage, client }) => {
      stage.play(whole(stage, { finish: "length", outputTokens: 7 }));
      const request = {
        messages: [{ role: "user", content: "Hello" }],
        maxOutputTokens: 7,
      } as const;
      const reply = await client({ lenient: true }).chat(request);
      equal(reply.finishReason, "length");
    },
  },
];

async function firstWordsEarly({ stage, client }: Ground): Promise<void> {
  stage.play(paused(stage));
  let seen = "";
  let over = false;
  const read = async () => {
    for await (const part of client().stream("Hello")) if (part.type === "text") seen += part.text;
    over = true;
  };
  const reading = read();
  reading.catch(() => {});
  await waitFor("No text came while the answer was under way.", () => seen !== "" || over);
  ok(!over, "The answer was over before it was released.");
  stage.release();
  await reading;
  equal(seen, plain.texts.join(""));
}
