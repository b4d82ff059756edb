import { describe, expect, it } from "vitest";
import { plays, refuses } from "../../scripts/vendor-answers.ts";
import { patience, ServedScene } from "./served-scene.ts";
import { clis } from "./targets.ts";
import { asksFor } from "./tool-answers.ts";

const scene = new ServedScene();
const versions = clis.filter(({ vendor }) => vendor === "claude");
const env = { CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1" };
const streamed = ["--output-format", "stream-json", "--verbose", "--include-partial-messages"];

/** With its own tools and settings, and a model of another vendor behind its own names. */
describe.each(versions)("Claude Code, $name", ({ command }) => {
  const start = (...args: readonly string[]) =>
    scene.start(command, ["-p", ...args], { env, input: "Put the greeting right." });
  const ask = async (...args: readonly string[]) => {
    const { stdout, stderr } = await start("--output-format", "json", ...args).end;
    try {
      return JSON.parse(stdout);
    } catch (cause) {
      throw new Error(`It said no JSON: ${stdout}${stderr}`, { cause });
    }
  };

  it("has an answer", async () => {
    scene.plays(plays("groq", "Hello", " world"));
    expect(await ask()).toMatchObject({ is_error: false, result: "Hello world" });
    expect(scene.calls).toMatchObject([{ wire: "messages", status: 200, provider: "groq" }]);
    expect(scene.calls[0]?.asked).toMatch(/^claude-/);
  });

  it("has the same answer from the cache, whatever it says of itself in each call", async () => {
    scene.plays(plays("groq", "Hello"), plays("groq", "Another"));
    for (const _ of [1, 2]) expect(await ask()).toMatchObject({ result: "Hello" });
    expect(scene.calls.map(({ cached }) => cached)).toEqual([false, true]);
  });

  it("has a stream", async () => {
    scene.plays(plays("groq", "Hello", " world"));
    const { stdout } = await start(...streamed).end;
    const events = stdout.trim().split("\n").map(eventOf);
    expect(events.flatMap((event) => event?.delta?.text ?? [])).toEqual(["Hello", " world"]);
  });

  // anthropics/claude-code#16785: behind a gateway that does not say so, tools are not run.
  it("reads and edits a file with its tools", async () => {
    scene.write({ "greeting.txt": "Hello, moon.\n" });
    const file_path = `${scene.folder}/greeting.txt`;
    const edit = { file_path, old_string: "moon", new_string: "world" };
    scene.plays(
      asksFor("groq", "I read it.", [{ tool: "Read", input: { file_path } }]),
      asksFor("groq", "I edit it.", [{ tool: "Edit", input: edit }]),
      plays("groq", "It is done."),
    );
    const ended = await ask("--allowedTools", "Read,Edit");
    expect(ended).toMatchObject({ is_error: false, result: "It is done.", num_turns: 3 });
    expect(scene.read("greeting.txt")).toBe("Hello, world.\n");
    expect(scene.bodies()[1]).toContain("Hello, moon.");
    expect(scene.calls.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it("has its prompt kept by the vendor, as it asks for", async () => {
    scene.plays(plays("claude", "Hello"));
    expect(await ask("--model", "claude/claude-sonnet-5-5")).toMatchObject({ result: "Hello" });
    const { system, tools } = JSON.parse(scene.bodies()[0] ?? "{}");
    for (const last of [system.at(-1), tools.at(-1)]) {
      expect(last.cache_control).toMatchObject({ type: "ephemeral" });
    }
  });

  // Alishahryar1/free-claude-code#955: it wants as long an answer as its own vendor's model gives.
  it("has an answer from a model that gives shorter ones", async () => {
    const message = "max_completion_tokens must be less than or equal to 40960";
    const tooLong = refuses("groq", 400, { type: "invalid_request_error", message });
    scene.plays(tooLong, plays("groq", "Hello"));
    expect(await ask()).toMatchObject({ is_error: false, result: "Hello" });
    const bounds = scene.bodies().map((body) => JSON.parse(body).max_completion_tokens);
    expect(bounds).toEqual([expect.any(Number), 40_960]);
    expect(scene.calls).toMatchObject([{ status: 200 }]);
  });

  it("tells of a failure, and does not repeat what no wait cures", async () => {
    scene.plays(refuses("groq", 401, { message: "No such key." }));
    expect(await ask()).toMatchObject({
      is_error: true,
      result: expect.stringMatching(/403.*Groq's API refused \(401\): No such key\./),
    });
    expect(scene.vendor.requests).toHaveLength(1);
  });

  it("leaves, and the vendor's answer ends with it", async () => {
    const isLeft = scene.stalls("groq");
    const program = start(...streamed);
    await expect.poll(program.said, patience).toContain('"text":"Hel"');
    program.kill("SIGINT");
    await program.end;
    await scene.expectLeft(isLeft);
  });
});

/** The event of Anthropic's stream that a line brings. */
function eventOf(line: string): { readonly delta?: { readonly text?: string } } | undefined {
  return JSON.parse(line).event;
}
