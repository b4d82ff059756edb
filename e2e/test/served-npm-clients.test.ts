import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../scripts/loopback-server.ts";
import { openStream, plays, refuses, type Vendor } from "../../scripts/vendor-answers.ts";
import { beginningOf, ServedScene } from "./served-scene.ts";
import { asksFor } from "./tool-answers.ts";

const scene = new ServedScene();

interface Way {
  readonly name: string;
  readonly program: "ai" | "langchain";
  readonly wire: "chat" | "messages" | "responses";
  readonly model: string;
  /** In whose form the answers come to the server. */
  readonly vendor: Vendor;
}

const sonnet = { model: "claude/claude-sonnet-5-5", vendor: "claude" } as const;
const ways: readonly Way[] = [
  { name: "ai by @ai-sdk/openai-compatible", program: "ai", wire: "chat", ...sonnet },
  {
    name: "ai by @ai-sdk/anthropic",
    program: "ai",
    wire: "messages",
    model: "claude-sonnet-4-5",
    vendor: "groq",
  },
  {
    name: "LangChain, chat completions",
    program: "langchain",
    wire: "chat",
    model: "groq",
    vendor: "groq",
  },
  { name: "LangChain, responses", program: "langchain", wire: "responses", ...sonnet },
];

function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/clients/${name}.mjs`, import.meta.url));
}

/** Says the beginning of an answer, and then that it has failed. */
const breaks =
  (vendor: Vendor): Answer =>
  (response) => {
    openStream(response);
    for (const event of beginningOf(vendor)) response.write(event);
    const error = { type: "overloaded_error", message: "Overloaded" };
    const data = vendor === "claude" ? { type: "error", error } : { error };
    response.end(`${vendor === "claude" ? "event: error\n" : ""}data: ${JSON.stringify(data)}\n\n`);
  };

describe.each(ways)("$name", ({ program, wire, model, vendor }) => {
  const ask = async (what: string) => {
    const args = [fixture(program), wire, what, model];
    const { stdout, stderr, code } = await scene.start(process.execPath, args).end;
    if (code !== 0) throw new Error(`It ended with ${code}:\n${stderr}`);
    return JSON.parse(stdout);
  };
  const used = { inputTokens: 11, outputTokens: 7 };

  it("has an answer", async () => {
    scene.plays(plays(vendor, "Hello", " world"));
    expect(await ask("chat")).toMatchObject({ text: "Hello world", ...used });
    expect(scene.calls).toMatchObject([{ wire, status: 200, asked: model }]);
  });

  it("has a stream", async () => {
    scene.plays(plays(vendor, "Hello", " world"));
    expect(await ask("stream")).toMatchObject({ pieces: ["Hello", " world"], ...used });
  });

  it.each(["tools", "stream-tools"])("runs a tool and goes on (%s)", async (what) => {
    scene.plays(
      asksFor(vendor, "Let me see.", [{ tool: "weather", input: { city: "Graz" } }]),
      plays(vendor, "Sunny."),
    );
    expect(await ask(what)).toMatchObject({
      text: expect.stringMatching(/Sunny\.$/),
      cities: ["Graz"],
    });
    expect(scene.vendor.requests).toHaveLength(2);
    expect(scene.bodies()[1]).toContain("sun in Graz");
  });

  // vercel/ai#6687: a call whose arguments are "" was never run.
  it("runs a tool without arguments", async () => {
    scene.plays(asksFor(vendor, "", [{ tool: "hour" }]), plays(vendor, "Noon."));
    expect(await ask("no-input")).toMatchObject({ text: "Noon." });
    expect(scene.bodies()[1]).toContain("twelve");
  });

  it("is told of a failure by its status, and does not repeat what no wait cures", async () => {
    scene.plays(refuses(vendor, 401, { type: "authentication_error", message: "No such key." }));
    const { status, message } = await ask("error");
    expect({ status, message }).toEqual({ status: 403, message: expect.stringContaining("key") });
    expect(scene.vendor.requests).toHaveLength(1);
  });

  it("is told of a failure in mid-stream", async () => {
    scene.plays(breaks(vendor));
    const { seen } = await ask("stream-error");
    expect(seen).toEqual(["Hel", expect.stringMatching(/^failed: .*overloaded/i)]);
  });

  it("leaves, and the vendor's answer ends with it", async () => {
    const isLeft = scene.stalls(vendor);
    expect(await ask("abort")).toEqual({ last: "abort" });
    await scene.expectLeft(isLeft);
  });
});
