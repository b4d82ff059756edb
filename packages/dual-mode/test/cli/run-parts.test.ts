import { describe, expect, it } from "vitest";
import { answer, finish, type Line, runPartsScene, start, text, whole } from "./run-parts-scene.ts";
import { failureOf } from "./scene.ts";

const { play } = runPartsScene();

describe("a line that cannot be read", () => {
  const cut = '{"type":"text","tex';

  it("makes the answer none", async () => {
    const { error } = await failureOf(play([start, cut, text, finish]));
    expect(error).toMatchObject({ code: "INVALID_OUTPUT" });
  });

  it("makes it none also as the last one", async () => {
    expect((await failureOf(play([start, text, cut]))).error).toMatchObject({
      code: "INVALID_OUTPUT",
    });
  });

  it("is not told where the exit tells more", async () => {
    expect((await failureOf(play([start, text, cut], "11"))).error).toMatchObject({
      code: "AUTHENTICATION_FAILED",
    });
  });

  it("does no harm behind the end", async () => {
    expect(await answer(play([...whole, cut]))).toEqual(whole);
  });
});

describe("a line of another form", () => {
  it.each<[string, Line]>([
    ["a text that is a number", { type: "text", text: 5 }],
    ["a text that is null", { type: "text", text: null }],
    ["a text that is absent", { type: "text" }],
    ["a reasoning that is a list", { type: "reasoning", text: ["x"] }],
    ["a call without a name", { type: "tool-call", id: "1", input: {} }],
    ["a call whose id is empty", { type: "tool-call", id: "", name: "n", input: {} }],
    ["a reason that is an object", { type: "finish", reason: {} }],
    ["a second start", start],
  ])("%s makes the answer none", async (_, line) => {
    const { error } = await failureOf(play([start, line, finish]));
    expect(error).toMatchObject({ code: "INVALID_OUTPUT" });
  });

  it.each<[string, readonly Line[]]>([
    ["words before the start", [text, start, finish]],
    ["words behind the end", [...whole, text]],
    ["a model that is an object", [{ type: "start", model: {} }, text, finish]],
  ])("%s make the answer none", async (_, lines) => {
    expect((await failureOf(play(lines))).error).toMatchObject({ code: "INVALID_OUTPUT" });
  });

  it.each<[string, readonly Line[], readonly Line[]]>([
    ["an end that is told twice", [...whole, finish], whole],
    ["a model that is empty or null", [{ ...start, model: "", id: null }, text, finish], []],
    ["a type that it does not have", [start, { type: "constructor" }, text, finish], whole],
    ["a reason that it does not have", [start, { ...finish, reason: "__proto__" }], []],
  ])("%s does no harm", async (_, lines, parts) => {
    const said = await answer(play(lines));
    if (parts.length > 0) expect(said).toEqual(parts);
    expect(said.at(-1)?.type).toBe("finish");
  });

  it("counts that are none are not told", async () => {
    const usage = { inputTokens: "5", outputTokens: -1, cost: Number.NaN, cacheReadTokens: 2 };
    const [, , told] = await answer(play([start, text, { type: "usage", usage }, finish]));
    expect(told).toEqual({ type: "usage", usage: { cacheReadTokens: 2 } });
  });

  it.each([
    null,
    undefined,
    { message: {} },
    { message: 5, fix: null, status: {}, retryAfter: "soon" },
  ])("an error of %j is told by the exit code", async (error) => {
    const { error: thrown } = await failureOf(play([{ type: "error", error }], "12"));
    expect(thrown).toMatchObject({ code: "RATE_LIMITED", fix: undefined, status: undefined });
  });
});
