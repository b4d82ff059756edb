import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { doors, open } from "./doors.ts";
import { filesIn } from "./files-in.ts";
import { Scene } from "./scene.ts";

const scene = new Scene();
const token = "dummy-login-token-0123456789";

/** A login that nobody made, beside settings and a memory that no run may load. */
function writeLogin(home: string): void {
  mkdirSync(join(home, ".claude"));
  const claudeAiOauth = {
    accessToken: token,
    refreshToken: "dummy-refresh-token",
    expiresAt: Date.now() + 8 * 3_600_000,
    scopes: ["user:inference", "user:profile"],
    subscriptionType: "pro",
  };
  const command = `touch '${join(home, "hook-has-run")}'`;
  const settings = {
    env: { ANTHROPIC_CUSTOM_HEADERS: "x-stray: 1" },
    apiKeyHelper: "echo stray-key",
    hooks: { SessionStart: [{ hooks: [{ type: "command", command }] }] },
  };
  const files = {
    ".claude.json": { hasCompletedOnboarding: true, mcpServers: { stray: { command: "false" } } },
    ".claude/.credentials.json": { claudeAiOauth },
    ".claude/settings.json": settings,
    ".claude/CLAUDE.md": "stray-memory",
  };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(home, name), JSON.stringify(content), { mode: 0o600 });
  }
}

describe.each(doors.filter(({ vendor }) => vendor === "claude"))("$name", (door) => {
  it("pays with the login alone, and loads nothing of its owner's", async () => {
    scene.keepsHome();
    writeLogin(scene.home);
    const server = await scene.serve(plays("claude", "By the plan."));
    await using client = open(door, server.url, { billing: "login" });
    const chat = (prompt: string) => client.chat(prompt);
    expect((await chat("Explain decorators")).attempts).toMatchObject([{ credential: "login" }]);
    const before = filesIn(scene.home);
    await chat("Explain them again");
    expect(filesIn(scene.home)).toEqual(before);
    expect(before.join("\n")).not.toContain("hook-has-run");
    for (const { headers, body } of server.requests.filter(({ method }) => method === "POST")) {
      expect(headers.authorization).toBe(`Bearer ${token}`);
      expect(headers).not.toHaveProperty("x-api-key");
      expect(headers).not.toHaveProperty("x-stray");
      expect(body).not.toContain("stray");
    }
  });

  it("without a login says so, and writes nothing", async () => {
    const server = await scene.serve(plays("claude", "Never."));
    await using client = open(door, server.url, { billing: "login" });
    const error = await client.chat("Explain decorators").catch((thrown) => thrown);
    expect(error.attempts[0]).toMatchObject({ code: "CLI_NOT_LOGGED_IN", credential: "login" });
    expect(server.requests).toEqual([]);
  });
});
