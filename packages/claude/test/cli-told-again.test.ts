import { describe, expect, it } from "vitest";
import { textOf } from "../../../test/played/run-context.ts";
import { answer, cliScene, request, result, structured } from "./cli-run-scene.ts";

const { play } = cliScene();

describe("what the CLI tells again", () => {
  const told = (text: string) => ({
    type: "assistant",
    message: { model: "played", content: [{ type: "text", text }] },
  });

  // anthropics/claude-code#8834
  it.each([
    ["in its result", answer.toSpliced(2, 1)],
    [
      "of its message",
      [
        ...(answer as object[]).toSpliced(2, 1, told("Hello world")).slice(0, -1),
        { ...result, result: "" },
      ],
    ],
  ])("shows that a piece is lost: %s", async (_, lines) => {
    expect((await play({ lines })).error).toMatchObject({ code: "INVALID_OUTPUT" });
  });

  it("does not count beside an answer to a schema", async () => {
    const asked = { ...request, schema: { type: "object" } };
    const { parts, error } = await play({
      asked,
      lines: [...structured.slice(0, 2), told("Here it is:"), ...structured.slice(2)],
    });
    expect(error).toBeUndefined();
    expect(textOf(parts)).toBe('{"city":"Graz"}');
  });

  it("may be the last of several blocks alone", async () => {
    const { error } = await play({
      lines: [...answer.slice(0, -1), { ...result, result: "world" }],
    });
    expect(error).toBeUndefined();
  });

  it("is the answer where no pieces came", async () => {
    const { parts, error } = await play({ lines: [told("Hello world"), result] });
    expect(error).toBeUndefined();
    expect(parts[0]).toEqual({ type: "start", model: "played" });
    expect(textOf(parts)).toBe("Hello world");
  });
});
