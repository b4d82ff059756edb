import { describe, expect, it } from "vitest";
import type { ClientOptions } from "../../src/contract/client.ts";
import type { Availability } from "../../src/contract/provider.ts";
import { fails, says, scripted } from "../scripted-provider.ts";
import { absent, error, failure, noKey, refused, thrownBy } from "./whole-failure-scene.ts";

const loggedOut: Availability = { available: true, command: "/bin/x", login: false };

describe("where nothing could be tried, the error says what helps most", () => {
  const sdk = [says("x")];

  it.each<[string, { cli: Availability }, ClientOptions, string, string]>([
    ["neither CLI nor key", { cli: absent }, {}, "MISSING_CREDENTIALS", "acc secrets set"],
    ["the CLI alone wanted", { cli: absent }, { only: "cli" }, "CLI_NOT_FOUND", "Install"],
    ["a login alone allowed", { cli: absent }, { billing: "login" }, "CLI_NOT_FOUND", "Install"],
    [
      "a CLI without a login, preferred",
      { cli: loggedOut },
      { prefer: "cli" },
      "CLI_NOT_LOGGED_IN",
      "log in",
    ],
    [
      "a key alone allowed",
      { cli: loggedOut },
      { billing: "key", prefer: "cli" },
      "MISSING_CREDENTIALS",
      "acc secrets set",
    ],
    [
      "a call of a tenant, the CLI preferred",
      { cli: { available: true } },
      { prefer: "cli", tenant: "a" },
      "LOGIN_NOT_SHARED",
      "Give an API key",
    ],
    [
      "a CLI that hangs",
      { cli: { ...absent, code: "TIMEOUT", fix: "Run it by hand." } },
      {},
      "TIMEOUT",
      "by hand",
    ],
  ])("%s", async (_, { cli }, options, code, fix) => {
    const thrown = await failure({ cli, sdk }, { ...noKey, ...options });
    expect(thrown.code).toBe(code);
    expect(thrown.fix).toContain(fix);
    expect(thrown.attempts.length).toBeGreaterThan(0);
    expect(thrown.attempts.every(({ ms }) => ms === 0)).toBe(true);
  });

  it("with every way listed where there are several", async () => {
    const thrown = await failure({ cli: absent, sdk }, noKey);
    expect(thrown.message).toContain("→ Install the command.");
    expect(thrown.message).toMatch(/→ Set SCRIPTED_\d+_API_KEY/);
  });
});

describe("a route that is left alone", () => {
  it("fails as it did when it was asked", async () => {
    const { client, ran } = scripted({ sdk: { scripts: [fails(refused)] } }, { retry: 0 });
    await thrownBy(client.chat("hi"));
    const again = await thrownBy(client.chat("hi"));
    expect(ran).toHaveLength(1);
    expect(again).toMatchObject({
      code: "AUTHENTICATION_FAILED",
      status: 401,
      fix: "Check the key.",
      requestId: "req_1",
    });
    expect(again.message).toMatch(
      /^Left alone for \d+ s more, .*: It was AUTHENTICATION_FAILED\.$/,
    );
    expect(again.retryAfter).toBeUndefined();
  });

  it("counts beside one that is asked", async () => {
    const limit = error("RATE_LIMITED", { status: 429, retryAfter: 600_000 });
    const { client } = scripted(
      { sdk: { scripts: [fails(limit), fails(refused)] } },
      { retry: 0, apiKeys: ["key-of-one", "key-of-two"], ...noKey },
    );
    await thrownBy(client.chat("hi"));
    const again = await thrownBy(client.chat("hi"));
    expect(again).toMatchObject({ code: "ALL_ROUTES_FAILED", status: 429, retryable: true });
    expect(again.retryAfter).toBeGreaterThan(590_000);
  });
});
