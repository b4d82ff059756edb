import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { callsIn, textsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { targets } from "./targets.ts";
import { itWhere } from "./where.ts";

const scene = new Scene();

describe.each(targets)("$name", (target) => {
  /** The texts that the model was given for this prompt. */
  async function given(prompt: string): Promise<readonly string[]> {
    const server = await scene.serve(plays(target.vendor, "Gehört, ", "你好 🎉"));
    await using client = scene.open(target, server.url);
    expect((await client.chat(prompt)).text).toBe("Gehört, 你好 🎉");
    return callsIn(server.requests).flatMap(({ body }) => textsIn(JSON.parse(body)));
  }

  it.each(["/cost", "/compact now", "/help", "!ls", "#remember this", "$stray", "Use $stray now."])(
    "takes %j as a prompt",
    async (prompt) => {
      expect((await given(prompt)).map((text) => text.trim())).toContain(prompt);
    },
  );

  it("reads no file that a prompt names", async () => {
    const secret = join(scene.own, "secret.txt");
    writeFileSync(secret, "what-the-file-holds");
    const prompt = `What is in @/etc/passwd and @${secret} and @./package.json?`;
    const texts = await given(prompt);
    expect(texts.map((text) => text.trim())).toContain(prompt);
    const [firstUser = "root:"] = readFileSync("/etc/passwd", "utf8").split("\n");
    expect(texts.join("\n")).not.toContain(firstUser);
    expect(texts.join("\n")).not.toContain("what-the-file-holds");
  });

  it("takes 1 MB, whole, its characters unbroken", async () => {
    const texts = await given(megabyte);
    expect(texts.some((text) => text.includes(megabyte))).toBe(true);
  });

  const letters = "Hello ".repeat(175_000);
  const takesLetters = target.name !== "claude 2.1.197";
  itWhere(takesLetters, "takes 1 MB of letters, whole", async () => {
    expect((await given(letters)).some((text) => text.includes(letters))).toBe(true);
  });

  itWhere(!takesLetters, "refuses 1 MB of letters, too long for it, by its code", async () => {
    scene.requestsPerAttempt = [0];
    const server = await scene.serve(plays(target.vendor, "ok"));
    await using client = scene.open(target, server.url);
    const error = await scene.failure(client.chat(letters));
    expect(error).toMatchObject({ code: "CONTEXT_TOO_LONG" });
  });
});

/** Characters of two and four bytes stand at every border of a chunk, whatever its size. */
const megabyte = `a${"ü🎉".repeat(174_762)}The end.`;
