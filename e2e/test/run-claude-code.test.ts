import { describe, expect, it } from "vitest";
import { accMain } from "../../packages/cli/test/acc.ts";
import { plays } from "../../scripts/vendor-answers.ts";
import { patience, ServedScene } from "./served-scene.ts";
import { clis } from "./targets.ts";
import { asksFor } from "./tool-answers.ts";

const scene = new ServedScene();
const versions = clis.filter(({ vendor }) => vendor === "claude");

/** The real Claude Code as the command of `acc run`, whose server has Groq alone behind Claude's names. */
describe.each(versions)("acc run -- Claude Code, $name", ({ command }) => {
  const start = (...args: readonly string[]) => {
    const settings = { models: { "claude-*": "groq/openai/gpt-oss-120b" } };
    scene.write({ "acc.json": JSON.stringify(settings) });
    const env = {
      ACC_CONFIG: `${scene.folder}/acc.json`,
      GROQ_API_KEY: "dummy-key",
      GROQ_BASE_URL: scene.vendor.url,
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    };
    const line = [accMain, "run", "--", command, "-p", "--output-format", "json", ...args];
    return scene.start(process.execPath, line, { env, input: "Put the greeting right." });
  };

  it("has an answer, and ends acc with itself", async () => {
    scene.plays(plays("groq", "Hello", " world"));
    const { code, stdout } = await start().end;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ is_error: false, result: "Hello world" });
    // By the server of acc run, and no other.
    expect(scene.calls).toEqual([]);
  });

  it("edits a file with its tools", async () => {
    scene.write({ "greeting.txt": "Hello, moon.\n" });
    const file_path = `${scene.folder}/greeting.txt`;
    const edit = { file_path, old_string: "moon", new_string: "world" };
    scene.plays(
      asksFor("groq", "I read it.", [{ tool: "Read", input: { file_path } }]),
      asksFor("groq", "I edit it.", [{ tool: "Edit", input: edit }]),
      plays("groq", "It is done."),
    );
    const { stdout } = await start("--allowedTools", "Read,Edit").end;
    expect(JSON.parse(stdout)).toMatchObject({ is_error: false, result: "It is done." });
    expect(scene.read("greeting.txt")).toBe("Hello, world.\n");
  });

  it("is ended by a signal to acc, and the vendor's answer with it", async () => {
    const isLeft = scene.stalls("groq");
    const program = start();
    await expect.poll(() => scene.vendor.requests.length, patience).toBe(1);
    program.kill("SIGTERM");
    expect((await program.end).code).toBe(143);
    await expect.poll(isLeft, patience).toBe(true);
  });
});
