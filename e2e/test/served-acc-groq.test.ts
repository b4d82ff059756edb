import { describe, expect, it } from "vitest";
import { plays, refuses } from "../../scripts/vendor-answers.ts";
import { patience, ServedScene } from "./served-scene.ts";
import { clis } from "./targets.ts";
import { asksFor } from "./tool-answers.ts";

const scene = new ServedScene();
const versions = clis.filter(({ vendor }) => vendor === "groq");
const question = said("user", { type: "text", text: "How is it in Graz?" });
const inputSchema = { type: "object", properties: { city: { type: "string" } } };
const tools = [{ name: "weather", description: "Tells the weather.", inputSchema }];

/** By GROQ_BASE_URL, which has no /v1: groq-sdk asks /openai/v1/chat/completions there. */
describe.each(versions)("$name", ({ command }) => {
  const start = (request: object, output = "stream-json") => {
    const args = [command, "--model", "claude/claude-sonnet-5-5"];
    return scene.start(process.execPath, [...args, "--input", "json", "--output", output], {
      input: JSON.stringify(request),
    });
  };
  const ask = async (request: object) => {
    const { stdout, stderr, code } = await start(request).end;
    if (code !== 0) throw new Error(`It ended with ${code}: ${stderr}`);
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  };

  it("has an answer", async () => {
    scene.plays(plays("claude", "Hello", " world"));
    const { stdout, code } = await start({ messages: [question] }, "text").end;
    expect({ stdout: stdout.trim(), code }).toEqual({ stdout: "Hello world", code: 0 });
    expect(scene.calls).toMatchObject([{ wire: "chat", status: 200, provider: "claude" }]);
  });

  it("has a stream", async () => {
    scene.plays(plays("claude", "Hello", " world"));
    const parts = await ask({ messages: [question] });
    const texts = parts.filter(({ type }) => type === "text").map(({ text }) => text);
    expect(texts).toEqual(["Hello", " world"]);
  });

  it("calls a tool and goes on with its result", async () => {
    scene.plays(
      asksFor("claude", "Let me see.", [{ tool: "weather", input: { city: "Graz" } }]),
      plays("claude", "Sunny."),
    );
    const parts = await ask({ messages: [question], tools });
    const call = parts.find(({ type }) => type === "tool-call");
    expect(call).toMatchObject({ name: "weather", input: { city: "Graz" } });
    const { id, name, input } = call;
    const turn = said("assistant", { type: "tool-call", id, name, input });
    const result = { ...said("tool", { type: "text", text: "sun in Graz" }), toolCallId: id };
    const next = await ask({ messages: [question, turn, result], tools });
    expect(next.find(({ type }) => type === "text")).toMatchObject({ text: "Sunny." });
    expect(scene.bodies()[1]).toContain("sun in Graz");
  });

  it("ends as its kind of failure", async () => {
    scene.plays(refuses("claude", 401, { message: "No such key." }));
    const { stdout, code } = await start({ messages: [question] }, "json").end;
    expect(code).toBe(11);
    const { error } = JSON.parse(stdout);
    expect(error.code).toBe("AUTHENTICATION_FAILED");
    expect(error.message).toContain("Claude's API refused (401): No such key.");
    expect(scene.vendor.requests).toHaveLength(1);
  });

  it("leaves, and the vendor's answer ends with it", async () => {
    const isLeft = scene.stalls("claude");
    const program = start({ messages: [question] });
    await expect.poll(program.said, patience).toContain("Hel");
    program.kill("SIGTERM");
    await program.end;
    await scene.expectLeft(isLeft);
  });
});

function said(role: string, ...content: readonly object[]) {
  return { role, content };
}
