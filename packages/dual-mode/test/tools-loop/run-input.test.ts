import { describe, expect, it, vi } from "vitest";
import { runTools } from "../../src/tools-loop/run-tools.ts";
import { says } from "../scripted-provider.ts";
import { ask, calls, clock, playing, resultsIn, weather } from "./tools-scene.ts";

describe("what cannot be run is refused by name", () => {
  const { client, ran } = playing([says("ok")]);
  const tool = () => "";

  it.each<[string, object | string, object, RegExp]>([
    ["no tools", ask("?"), {}, /options\.tools must be/],
    ["a tool that is no function", ask("?"), { tools: { weather: 1 } }, /options\.tools\.weather/],
    [
      "a tool without a function",
      ask("?", [weather, clock]),
      { tools: { weather: tool } },
      /"clock"/,
    ],
    ["a function without a tool", ask("?"), { tools: { weather: tool, wether: tool } }, /"wether"/],
    ["no step", ask("?"), { tools: { weather: tool }, maxSteps: 0 }, /maxSteps must be at least 1/],
    ["half a step", ask("?"), { tools: { weather: tool }, maxSteps: 1.5 }, /maxSteps/],
    [
      "an option of another name",
      ask("?"),
      { tools: { weather: tool }, maxTurns: 1 },
      /"maxTurns"/,
    ],
    ["an empty prompt", " ", { tools: {} }, /prompt must not be empty/],
    ["no messages", {}, { tools: {} }, /request\.messages/],
  ])("%s", async (_, request, options, said) => {
    const run = runTools(client, request as never, options as never);
    await expect(run.reply).rejects.toMatchObject({
      code: "INVALID_REQUEST",
      message: expect.stringMatching(said),
    });
    expect(ran).toEqual([]);
  });
});

it("forces a call once where the client's defaults force it", async () => {
  const scripts = [calls(["1", "weather"]), says("Sunny.")];
  const { client, asked } = playing(scripts, { defaults: { toolChoice: "required" } });
  const reply = await runTools(client, ask("Oslo?"), { tools: { weather: () => "sun" } }).reply;
  expect(reply.text).toBe("Sunny.");
  expect(asked.map((one) => one.toolChoice)).toEqual(["required", undefined]);
});

it("makes a call once that stands in the content and beside it", async () => {
  const { client, asked } = playing([says("Sunny.")]);
  const call = { id: "1", name: "weather", input: {} };
  const content = [{ type: "tool-call", ...call }] as const;
  const messages = [
    ...ask("Oslo?").messages,
    { role: "assistant", content, toolCalls: [call] },
  ] as const;
  const weatherNow = vi.fn(() => "sun");
  await runTools(client, { ...ask("Oslo?"), messages }, { tools: { weather: weatherNow } }).reply;
  expect(weatherNow).toHaveBeenCalledTimes(1);
  expect(resultsIn(asked[0])).toHaveLength(1);
});
