import { describe, expect, it } from "vitest";
import { plays, playsEvents, refuses } from "../../scripts/vendor-answers.ts";
import { beginningOf, patience, ServedScene } from "./served-scene.ts";
import { clis } from "./targets.ts";
import { asksFor, type Call } from "./tool-answers.ts";

const scene = new ServedScene();
const versions = clis.filter(({ vendor }) => vendor === "openai");
const command = "sed -i s/moon/world/ greeting.txt";
const patch = [
  "*** Begin Patch",
  "*** Update File: greeting.txt",
  "@@",
  "-Hello, moon.",
  "+Hello, world.",
  "*** End Patch\n",
];

/**
 * Codex offers other tools for each model that it knows, and its own few for one that it does not.
 * router-for-me/CLIProxyAPI#5753 (free text), HarnessRouter/harnessrouter#202 (groups).
 */
const edits: readonly (readonly [model: string, tool: string, call: Call])[] = [
  ["fast", "a function", { tool: "exec_command", input: { cmd: command } }],
  ["gpt-5.5", "free text", { tool: "apply_patch", input: { input: patch.join("\n") } }],
  [
    "gpt-5.6-sol",
    "a program, in a group of tools",
    { tool: "exec", input: { input: `await tools.exec_command({ cmd: "${command}" });` } },
  ],
];

/** With its own tools, and a model of another vendor behind its own names. */
describe.each(versions)("Codex, $name", ({ command: codex }) => {
  const start = (model = "fast") => {
    const config = [
      `model = "${model}"`,
      'model_provider = "acc"',
      "[model_providers.acc]",
      'name = "acc"',
      `base_url = "${scene.url}/v1"`,
      'env_key = "OPENAI_API_KEY"',
      'wire_api = "responses"',
      "stream_max_retries = 1",
    ];
    scene.atHome({ ".codex/config.toml": config.join("\n") });
    const flags = ["--json", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox"];
    const args = [codex, "exec", ...flags, "-"];
    return scene.start(process.execPath, args, { input: "Put the greeting right." });
  };
  const ask = async (model?: string) => {
    const { stdout } = await start(model).end;
    return stdout.trim().split("\n").map(eventOf);
  };

  it("has an answer, which is always a stream", async () => {
    scene.plays(plays("claude", "Hello", " world"));
    const events = await ask();
    expect(textsOf(events)).toEqual(["Hello world"]);
    expect(events.at(-1)).toMatchObject({
      type: "turn.completed",
      usage: { input_tokens: 11, output_tokens: 7 },
    });
    expect(scene.calls).toMatchObject([{ wire: "responses", status: 200, provider: "claude" }]);
  });

  it.each(edits)("edits a file for the model %s by a tool of %s", async (model, _, call) => {
    scene.write({ "greeting.txt": "Hello, moon.\n" });
    scene.plays(asksFor("claude", "I edit it.", [call]), plays("claude", "It is done."));
    expect(textsOf(await ask(model))).toEqual(["I edit it.", "It is done."]);
    expect(scene.read("greeting.txt")).toBe("Hello, world.\n");
    expect(scene.calls.map(({ asked, status }) => [asked, status])).toEqual([
      [model, 200],
      [model, 200],
    ]);
  });

  it("tells of a failure, and the vendor is asked once", async () => {
    scene.plays(refuses("claude", 401, { message: "No such key." }));
    const { type, error } = (await ask()).at(-1) ?? {};
    expect(type).toBe("turn.failed");
    expect(error?.message).toMatch(/403.*Claude's API refused \(401\): No such key\./);
    expect(scene.vendor.requests).toHaveLength(1);
  });

  // openai/codex#41340: told of nothing but a stream that was closed.
  it("tells of an answer that breaks off", async () => {
    scene.plays(playsEvents(beginningOf("claude")));
    const { type, error } = (await ask()).at(-1) ?? {};
    expect(type).toBe("turn.failed");
    expect(error?.message).toMatch(/Claude/);
    expect(error?.message).not.toContain("closed before");
    expect(scene.calls[0]).toMatchObject({ code: "NETWORK" });
  });

  it("leaves, and the vendor's answer ends with it", async () => {
    const isLeft = scene.stalls("claude");
    const program = start();
    await expect.poll(() => scene.vendor.requests.length, patience).toBe(1);
    program.kill("SIGINT");
    await program.end;
    await scene.expectLeft(isLeft);
  });
});

interface CodexEvent {
  readonly type?: string;
  readonly item?: { readonly type: string; readonly text?: string };
  readonly error?: { readonly message: string };
}

function eventOf(line: string): CodexEvent {
  return JSON.parse(line);
}

function textsOf(events: readonly CodexEvent[]): readonly (string | undefined)[] {
  const said = events.flatMap(({ item }) => (item?.type === "agent_message" ? [item] : []));
  return said.map(({ text }) => text);
}
