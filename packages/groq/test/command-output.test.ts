import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { plays, refuses } from "../../../scripts/vendor-answers.ts";
import { command, commandScene, key } from "./command-scene.ts";

const scene = commandScene();
const { acc, serve } = scene;

describe("acc-groq steers no terminal", () => {
  it("with a vendor's words on stderr", async () => {
    await serve(refuses("groq", 400, { message: "a\u001b]0;title\u0007b\u009b31m" }));
    const { stderr } = await acc([], "hi");
    expect(stderr).toContain("a\\x1b]0;title\\x07b\\x9b31m");
  });

  it("with the JSON of an answer, which says the same", async () => {
    await serve(plays("groq", "a\u001bb\u009bc\u007f"));
    const { stdout } = await acc(["--output", "json"], "hi");
    expect(stdout.trim()).not.toMatch(/\p{Cc}/u);
    expect(JSON.parse(stdout).text).toBe("a\u001bb\u009bc\u007f");
  });
});

// patchy631/graph-agent#41, getsentry/cli#250, kunchenguid/axi#193
describe("acc-groq, whose output nobody takes,", () => {
  const pieces = Array.from({ length: 2_000 }, (_, index) => `word ${index} `.repeat(20));

  async function shell(line: string) {
    const { url } = await serve(plays("groq", ...pieces));
    const env = { PATH: process.env.PATH, HOME: scene.home, GROQ_API_KEY: key, GROQ_BASE_URL: url };
    const acc = `echo hi | "${process.execPath}" "${command}"`;
    const child = spawn("bash", ["-c", `set -o pipefail; ${acc} ${line}`], { env });
    const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [stderr] = await Promise.all([text(child.stderr), text(child.stdout)]);
    return { stderr, exit: await exit };
  }

  it.each(["| head -c 10", "--output json | true", "--output stream-json | head -1"])(
    "ends without a word: %s",
    async (line) => {
      expect(await shell(line)).toEqual({ stderr: "", exit: 0 });
    },
  );

  it("says in one line that the disk is full", async () => {
    const { stderr, exit } = await shell("> /dev/full");
    expect(stderr).toBe("acc-groq: The output cannot be written: ENOSPC. (OUTPUT_FAILED)\n");
    expect(exit).toBe(1);
  });

  it("ends with closed streams as with empty ones", async () => {
    expect((await shell(">&-")).stderr).toBe("");
    expect((await shell("<&-")).stderr).toMatch(/^acc-groq: INVALID_REQUEST: Nothing came/);
  });
});
