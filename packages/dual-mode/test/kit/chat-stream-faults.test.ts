import { describe, expect, it } from "vitest";
import { hi, stop } from "./chat-pieces.ts";
import { answerOf, delta, done, ends, event } from "./chat-scene.ts";

describe("a stream of chat completions", () => {
  it.each([
    ["no JSON", "data: {no json\n\n"],
    ["JSON that is cut", hi.slice(0, 40)],
    ["no object", event(5)],
    ["null", event(null)],
    ["choices that are no list", event({ choices: "x" })],
    ["a choice that is none", event({ choices: [null] })],
    ["a delta that is text", event({ choices: [{ delta: "x" }] })],
    ["content that is a number", delta({ content: 5 })],
    ["content whose parts are numbers", delta({ content: [5] })],
    ["words for people", "data: Service is busy\n\n"],
    ["a reason that says it failed", ends("error")],
  ])("with %s in it is INVALID_OUTPUT", async (_, piece) => {
    await expect(answerOf(hi, piece, stop, done)).rejects.toMatchObject({ code: "INVALID_OUTPUT" });
    await expect(answerOf(piece)).rejects.toMatchObject({ code: "INVALID_OUTPUT" });
  });

  it.each([
    ["nothing", [], "INVALID_OUTPUT"],
    ["an end alone", [done], "INVALID_OUTPUT"],
    ["no end", [hi], "NETWORK"],
    [
      "an event named error",
      ['event: error\ndata: {"message":"Overloaded","code":503}\n\n'],
      "OVERLOADED",
    ],
    ["an event named error that is text", ['event: error\ndata: "gone"\n\n'], "SERVER_ERROR"],
    [
      "an error in a choice",
      [
        event({
          choices: [{ error: { code: 429, message: "Slow down" }, finish_reason: "error" }],
        }),
      ],
      "RATE_LIMITED",
    ],
    [
      "an object error",
      [event({ object: "error", message: "Overloaded", code: "503" })],
      "OVERLOADED",
    ],
    [
      "a whole error",
      [JSON.stringify({ error: { code: 503, message: "Overloaded" } })],
      "OVERLOADED",
    ],
    [
      "an error whose words are an object",
      [event({ error: { message: { a: 1 } } })],
      "SERVER_ERROR",
    ],
  ])("of %s", async (_, pieces, code) => {
    await expect(answerOf(...pieces)).rejects.toMatchObject({ code });
  });
});
