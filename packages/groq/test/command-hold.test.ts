import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { plays } from "../../../scripts/vendor-answers.ts";
import { commandScene } from "./command-scene.ts";

const { start, acc, serve } = commandScene();

describe("acc-groq --hold", () => {
  const args = ["--hold", "--model", "openai/gpt-oss-20b", "--input", "json"];
  const content = [{ type: "text", text: "Say hello" }];

  it("answers a request that comes long after its start, and asked nobody before", async () => {
    const { requests } = await serve(plays("groq", "Hello"));
    const child = start(args);
    const said = text(child.stdout);
    await delay(1_000);
    expect(requests).toEqual([]);
    expect(child.exitCode).toBeNull();
    child.stdin.end(JSON.stringify({ messages: [{ role: "user", content }] }));
    expect(await said).toBe("Hello\n");
    expect(JSON.parse(requests[0]?.body ?? "")).toMatchObject({ model: "openai/gpt-oss-20b" });
  });

  it.each(["", '{"messages":[{"role":"user","content":[{"type":"text","text":"Say'])(
    "asks nobody where its stdin ends with %j",
    async (stdin) => {
      const { requests } = await serve(plays("groq", "Hello"));
      const { stdout, stderr, exit } = await acc(args, stdin);
      expect({ stdout, exit }).toEqual({ stdout: "", exit: 20 });
      expect(stderr).toContain("INVALID_REQUEST");
      expect(requests).toEqual([]);
    },
  );
});
