import { describe, expect, it, vi } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { strayVariables } from "./strays.ts";
import { clis, targets } from "./targets.ts";

const scene = new Scene();

describe.each(clis.filter(({ vendor }) => vendor === "claude"))("$name", (target) => {
  it("pays with the login alone, and loads nothing of its owner's", async () => {
    scene.atHome({ ".claude/.credentials.json": login(scene.credential) });
    const server = await scene.serve(plays("claude", "By the plan."));
    await using client = scene.open(target, server.url, { billing: "login" });
    const { attempts } = await client.chat("Explain decorators");
    expect(attempts).toMatchObject([{ credential: "login" }]);
    scene.homeIsSettled();
    await client.chat("Explain them again");
    for (const { headers } of callsIn(server.requests)) {
      expect(headers.authorization).toBe(`Bearer ${scene.credential}`);
      expect(headers).not.toHaveProperty("x-api-key");
    }
  });

  it("without a login says so", async () => {
    const server = await scene.serve(plays("claude", "Never."));
    await using client = scene.open(target, server.url, { billing: "login" });
    const error = await scene.failure(client.chat("Explain decorators"));
    expect(error.attempts[0]).toMatchObject({ code: "CLI_NOT_LOGGED_IN", credential: "login" });
    expect(server.requests).toEqual([]);
  });
});

describe.each(targets)("$name", (target) => {
  it("without a key says so", async () => {
    for (const name of Object.keys(strayVariables)) vi.stubEnv(name, undefined);
    const server = await scene.serve(plays(target.vendor, "Never."));
    await using client = scene.open(target, server.url, { apiKey: undefined as never });
    const error = await scene.failure(client.chat("Explain decorators"));
    const codes = error.attempts.map(({ code }) => code);
    expect(codes).toContain("MISSING_CREDENTIALS");
    expect(server.requests).toEqual([]);
  });
});

/** A login that nobody made. */
function login(accessToken: string): string {
  const claudeAiOauth = {
    accessToken,
    refreshToken: "dummy-refresh-token",
    expiresAt: Date.now() + 8 * 3_600_000,
    scopes: ["user:inference", "user:profile"],
    subscriptionType: "pro",
  };
  return JSON.stringify({ claudeAiOauth });
}
