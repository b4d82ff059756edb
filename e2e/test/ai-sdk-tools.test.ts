import { createAcc } from "@acc/ai-sdk";
import { chain } from "@acc/dual-mode";
import { generateText, jsonSchema, stepCountIs, streamText, tool } from "ai";
import { describe, expect, it } from "vitest";
import type { Answer, RawRequest } from "../../scripts/loopback-server.ts";
import { plays, refuses, type Vendor } from "../../scripts/vendor-answers.ts";
import { callsIn, textsIn, toolsOf } from "./received.ts";
import { Scene } from "./scene.ts";
import { newestClis, type Target } from "./targets.ts";
import { asksFor } from "./tool-answers.ts";

const scene = new Scene();
const prompt = "How is it in Graz and in Linz?";
const stopWhen = stepCountIs(4);
const cities = ["Graz", "Linz"];
const calls = cities.map((city) => ({ tool: "get_weather", input: { city } }));

/** The app's own tool, and what it was asked. */
function weatherTool() {
  const asked: unknown[] = [];
  const get_weather = tool({
    description: "Tells the weather.",
    inputSchema: jsonSchema<{ city: string }>({
      type: "object",
      properties: { city: { type: "string" } },
      required: ["city"],
    }),
    execute: async (input) => {
      asked.push(input);
      return `sky-over-${input.city}`;
    },
  });
  return { asked, tools: { get_weather } };
}

/** Asks for both cities at once, and answers with what it was given. */
function twoSteps(vendor: Vendor): Answer {
  return (response, request) => {
    const given = textsIn(JSON.parse(request.body || "{}")).join("\n");
    const knows = given.includes("sky-over-");
    const answer = knows ? plays(vendor, "Sunny ", "in both.") : asksFor(vendor, "So. ", calls);
    return answer(response, request);
  };
}

/** The names of tools that a vendor's CLI sends. */
const sentNames = ({ path }: RawRequest) =>
  path.includes("/messages") ? ["mcp__acc__get_weather"] : ["get_weather"];

function expectBothGiven(request: RawRequest | undefined): void {
  const given = textsIn(JSON.parse(request?.body ?? "{}")).join("\n");
  for (const city of cities) expect(given).toContain(`sky-over-${city}`);
}

describe.each(newestClis)("$name, a model of the AI SDK", (target) => {
  const modelAt = async (answer: Answer) => {
    const server = await scene.serve(answer);
    const client = scene.open(target, server.url);
    return { server, client, model: createAcc({ mine: client })("mine") };
  };

  it("calls two tools of the app's at once, and goes on with what they gave", async () => {
    scene.tools = sentNames;
    const { server, client, model } = await modelAt(twoSteps(target.vendor));
    const { asked, tools } = weatherTool();
    const { steps, text } = await generateText({ model, prompt, tools, stopWhen });
    await client.close();
    expect(asked).toEqual(cities.map((city) => ({ city })));
    expect(steps.map(({ finishReason }) => finishReason)).toEqual(["tool-calls", "stop"]);
    expect(text).toBe("Sunny in both.");
    expect(new Set(steps[0]?.toolCalls.map(({ toolCallId }) => toolCallId)).size).toBe(2);
    expect(
      toolsOf(server.requests.find(({ method }) => method === "POST") as RawRequest),
    ).toMatchObject([{ description: "Tells the weather." }]);
    expect(callsIn(server.requests)).toHaveLength(2);
    expectBothGiven(callsIn(server.requests)[1]);
  });

  it("streams two steps", async () => {
    scene.tools = sentNames;
    const { server, client, model } = await modelAt(twoSteps(target.vendor));
    const { asked, tools } = weatherTool();
    const result = streamText({ model, prompt, tools, stopWhen });
    const begun: string[] = [];
    const called: string[] = [];
    const texts: string[] = [];
    for await (const part of result.fullStream) {
      if (part.type === "error") throw part.error;
      if (part.type === "tool-input-start") begun.push(part.id);
      if (part.type === "tool-call") called.push(part.toolCallId);
      if (part.type === "text-delta") texts.push(part.text);
    }
    await client.close();
    expect(asked).toEqual(cities.map((city) => ({ city })));
    expect(called).toHaveLength(2);
    expect(begun).toEqual(called);
    expect(texts.join("")).toBe("So. Sunny in both.");
    expectBothGiven(callsIn(server.requests)[1]);
  });

  it("leaves a step to the next of a chain where it has no time", async () => {
    scene.tools = sentNames;
    const second = nextOf(target);
    let asked = 0;
    const overloaded = refuses(target.vendor, 429, { type: "rate_limit_error", message: "Slow." });
    const first = await scene.serve((response, request) => {
      if (request.method !== "POST") return void response.end();
      asked += 1;
      return (asked === 1 ? twoSteps(target.vendor) : overloaded)(response, request);
    });
    const other = await scene.serve(twoSteps(second.vendor));
    // Claude's home comes last: it holds what its first use left there.
    const clients = [second, target]
      .toSorted((one, two) => Number(one.vendor === "claude") - Number(two.vendor === "claude"))
      .map((each) => scene.open(each, (each === target ? first : other).url));
    if (clients[0]?.provider !== target.vendor) clients.reverse();
    await using best = chain([clients[0], clients[1]] as never);
    const model = createAcc({ best })("best");
    const weather = weatherTool();
    const { steps, text } = await generateText({ model, prompt, stopWhen, tools: weather.tools });
    expect(text).toBe("Sunny in both.");
    expect(weather.asked).toHaveLength(2);
    const told = steps.map(({ providerMetadata }) => providerMetadata?.acc);
    expect(told).toMatchObject([
      { provider: target.vendor, mode: "cli", fallback: false },
      { provider: second.vendor, mode: "cli", fallback: true },
    ]);
    expect(told[1]?.attempts).toContainEqual(
      expect.objectContaining({ provider: target.vendor, code: "RATE_LIMITED" }),
    );
    expectBothGiven(callsIn(other.requests)[0]);
  });
});

function nextOf(target: Target): Target {
  return newestClis[(newestClis.indexOf(target) + 1) % newestClis.length] as Target;
}
