import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { LoopbackServer } from "../../scripts/loopback-server.ts";
import { plays } from "../../scripts/vendor-answers.ts";
import { doors, open } from "./doors.ts";
import { canary, Scene } from "./scene.ts";
import { itWhere } from "./where.ts";

const scene = new Scene();

describe.each(doors)("$name", (door) => {
  async function ask(prompt: string): Promise<{ text: string; server: LoopbackServer }> {
    const server = await scene.serve(plays(door.vendor, "Gehört, ", "你好 🎉"));
    await using client = open(door, server.url);
    const { text } = await client.chat(prompt);
    expect(server.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
    return { text, server };
  }

  it.each(["/cost", "/compact now", "/help", "!ls", "#remember this"])(
    "takes %j as a prompt",
    async (prompt) => {
      const { text, server } = await ask(prompt);
      expect(text).toBe("Gehört, 你好 🎉");
      expect(sent(server)).toContain(prompt);
    },
  );

  it("reads no file that a prompt names", async () => {
    const hostname = readFileSync("/etc/hostname", "utf8").trim();
    const secret = join(scene.own, "secret.txt");
    writeFileSync(secret, "what-the-file-holds");
    const { server } = await ask(`What is in @/etc/hostname and @${secret} and @./package.json?`);
    expect(sent(server)).toContain("@/etc/hostname");
    expect(sent(server)).not.toContain("what-the-file-holds");
    expect(withoutPaths(sent(server))).not.toContain(`"${hostname}"`);
    expect(sent(server)).not.toContain(`${hostname}\\n`);
  });

  it("sends no tool, no variable, no folder of the caller and no other key", async () => {
    const { server } = await ask("Explain decorators");
    const all = JSON.stringify(server.requests);
    expect(all).not.toContain(canary);
    expect(all).not.toContain(process.cwd());
    expect(all).not.toContain(scene.home);
    for (const { body } of server.requests.filter(({ method }) => method === "POST")) {
      expect(toolsIn(JSON.parse(body))).toEqual([]);
    }
  });

  const takesMegabyte = door.name !== "claude 2.1.197";
  itWhere(takesMegabyte, "takes 1 MB, whole", async () => {
    const prompt = `${"Grüße an die Welt. ".repeat(50_000)}The end.`;
    const { server } = await ask(prompt);
    expect(sent(server)).toContain("The end.");
    expect(sent(server).length).toBeGreaterThan(prompt.length);
  });

  itWhere(!takesMegabyte, "refuses 1 MB, which it holds to be too long, by its code", async () => {
    const server = await scene.serve(plays(door.vendor, "ok"));
    await using client = open(door, server.url);
    const chat = client.chat("Grüße an die Welt. ".repeat(50_000));
    await expect(chat).rejects.toMatchObject({ code: "CONTEXT_TOO_LONG" });
    expect(server.requests.filter(({ method }) => method === "POST")).toEqual([]);
  });
});

function sent(server: LoopbackServer): string {
  return server.requests.map(({ body }) => body).join("\n");
}

function withoutPaths(text: string): string {
  return text.replaceAll("@/etc/hostname", "");
}

function toolsIn(body: { tools?: readonly { functionDeclarations?: readonly unknown[] }[] }) {
  return (body.tools ?? []).flatMap((tool) => tool.functionDeclarations ?? [tool]);
}
