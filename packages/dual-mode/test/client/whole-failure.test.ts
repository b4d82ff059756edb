import { describe, expect, it, vi } from "vitest";
import type { ClientOptions } from "../../src/contract/client.ts";
import type { Availability } from "../../src/contract/provider.ts";
import { DualModeError, type ErrorDetails } from "../../src/error.ts";
import { fails, type Script, says, scripted } from "../scripted-provider.ts";

const error = (code: DualModeError["code"], details: ErrorDetails = {}) =>
  new DualModeError(code, `It was ${code}.`, details);
const absent: Availability = {
  available: false,
  code: "CLI_NOT_FOUND",
  reason: "The command is not here.",
  fix: "Install the command.",
};
const loggedOut: Availability = { available: true, command: "/bin/x", login: false };
const noKey = { apiKey: undefined as never };

const refused = error("AUTHENTICATION_FAILED", {
  status: 401,
  fix: "Check the key.",
  requestId: "req_1",
});

async function failure(
  modes: { cli?: Script[] | Availability; sdk?: Script[] },
  options: ClientOptions = {},
): Promise<DualModeError> {
  const { cli, sdk } = modes;
  const { client } = scripted(
    {
      ...(cli && (Array.isArray(cli) ? { cli: { scripts: cli } } : { cli: closed(cli) })),
      ...(sdk && { sdk: { scripts: sdk } }),
    },
    { retry: 0, ...options },
  );
  return thrownBy(client.chat("hi"));
}

const closed = (availability: Availability) => ({ scripts: [says("x")], availability });

async function thrownBy(call: Promise<unknown>): Promise<DualModeError> {
  const thrown = await call.catch((caught: unknown) => caught);
  if (!DualModeError.is(thrown)) throw new Error(`No failure: ${JSON.stringify(thrown)}`);
  return thrown;
}

const story = ({ attempts }: DualModeError) => attempts.map(({ mode, code }) => `${mode} ${code}`);

describe("the error of a call is the failure of its one route", () => {
  it("with all that the vendor said, and what could not be tried beside it", async () => {
    const thrown = await failure({ cli: absent, sdk: [fails(refused)] });
    expect(thrown).toMatchObject({
      code: "AUTHENTICATION_FAILED",
      message: "It was AUTHENTICATION_FAILED.",
      status: 401,
      fix: "Check the key.",
      requestId: "req_1",
      retryable: false,
      causes: [],
      attempts: [
        { mode: "sdk", code: "AUTHENTICATION_FAILED", status: 401, requestId: "req_1" },
        { mode: "cli", code: "CLI_NOT_FOUND", fix: "Install the command.", ms: 0 },
      ],
    });
  });

  it("also where the CLI that comes first is not there", async () => {
    const thrown = await failure({ cli: absent, sdk: [fails(refused)] }, { prefer: "cli" });
    expect(thrown.code).toBe("AUTHENTICATION_FAILED");
    expect(story(thrown)).toEqual(["cli CLI_NOT_FOUND", "sdk AUTHENTICATION_FAILED"]);
  });

  it('and its last one, where it was tried again (vercel/ai: "Failed after 3 attempts")', async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const scripts = [
      fails(error("NETWORK")),
      fails(error("OVERLOADED", { status: 529 })),
      fails(error("SERVER_ERROR", { status: 503, retryAfter: 1 })),
    ];
    const thrown = await failure({ sdk: scripts }, { retry: 2 });
    expect(thrown).toMatchObject({ code: "SERVER_ERROR", status: 503, retryAfter: 1 });
    expect(thrown).toMatchObject({ retryable: true, message: "It was SERVER_ERROR." });
    expect(thrown.attempts.map(({ status }) => status)).toEqual([undefined, 529, 503]);
  });

  it("told once with the number of its attempts, where they were alike", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const thrown = await failure({ sdk: [fails(error("OVERLOADED"))] }, { retry: 2 });
    expect(thrown.message).toBe("It was OVERLOADED. (3 attempts)");
    expect(thrown.attempts).toHaveLength(3);
  });

  it("and not what a mode lacks that was tried after it", async () => {
    const thrown = await failure({
      sdk: [fails(error("SERVER_ERROR", { status: 500 }))],
      cli: [fails(error("UNSUPPORTED_FEATURE"))],
    });
    expect(thrown).toMatchObject({ code: "SERVER_ERROR", status: 500 });
  });

  it("in a stream too", async () => {
    const { client } = scripted({ cli: closed(absent), sdk: { scripts: [fails(refused)] } });
    expect(await thrownBy(Promise.resolve(client.stream("hi").reply))).toMatchObject({
      code: "AUTHENTICATION_FAILED",
      status: 401,
      requestId: "req_1",
    });
  });
});

describe("where all routes failed alike", () => {
  it("the error is that failure, and says when the first of them is open again", async () => {
    const limit = (retryAfter: number) =>
      fails(error("RATE_LIMITED", { status: 429, retryAfter: retryAfter * 1_000 }));
    const thrown = await failure(
      { sdk: [limit(700), limit(60), limit(300)] },
      {
        apiKeys: ["key-of-one", "key-of-two", "key-of-three"],
        waitForLimits: false,
        ...noKey,
      },
    );
    expect(thrown).toMatchObject({ code: "RATE_LIMITED", status: 429, retryAfter: 60_000 });
    expect(thrown.message).toBe("It was RATE_LIMITED. (3 attempts)");
  });

  it("in words of their own, every one is told", async () => {
    const said = (message: string) => fails(new DualModeError("AUTHENTICATION_FAILED", message));
    const thrown = await failure(
      { sdk: [said("The key is invalid."), said("The organization is disabled.")] },
      { apiKeys: ["key-of-one", "key-of-two"], ...noKey },
    );
    expect(thrown.code).toBe("AUTHENTICATION_FAILED");
    expect(thrown.message).toContain("sdk with option[0]: AUTHENTICATION_FAILED. The key is");
    expect(thrown.message).toContain("The organization is disabled.");
  });
});

describe("where routes failed in different ways", () => {
  // doublewordai/control-layer#1800: a 429 must not become a general error when fallbacks are exhausted.
  it("ALL_ROUTES_FAILED has all of them, and the status and wait that tell most", async () => {
    const limit = error("RATE_LIMITED", { status: 429, retryAfter: 700_000, requestId: "req_2" });
    const thrown = await failure(
      { sdk: [fails(refused), fails(limit)] },
      { apiKeys: ["key-of-one", "key-of-two"], ...noKey },
    );
    expect(thrown).toMatchObject({
      code: "ALL_ROUTES_FAILED",
      status: 429,
      retryAfter: 700_000,
      requestId: "req_2",
      retryable: true,
      fix: "Fix one of the routes listed.",
      causes: [
        { code: "AUTHENTICATION_FAILED", status: 401 },
        { code: "RATE_LIMITED", status: 429 },
      ],
      cause: { code: "RATE_LIMITED" },
    });
    expect(JSON.parse(JSON.stringify(thrown)).causes).toHaveLength(2);
  });

  it("its message tells equal attempts once with their number", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const thrown = await failure(
      { sdk: [fails(error("OVERLOADED"))], cli: [fails(error("CLI_CRASHED"))] },
      { retry: 2, billing: "key" },
    );
    expect(thrown.message.split("\n").slice(0, 3)).toEqual([
      expect.stringMatching(/^No route to scripted-\d+ answered\.$/),
      "  sdk with option: OVERLOADED (3 times). It was OVERLOADED.",
      "  cli with option: CLI_CRASHED (3 times). It was CLI_CRASHED.",
    ]);
    expect(thrown.attempts.filter(({ ms }) => ms > 0)).toHaveLength(6);
  });

  it("is not retryable where nothing of it may pass", async () => {
    const thrown = await failure(
      { sdk: [fails(refused), fails(error("QUOTA_EXHAUSTED", { retryAfter: 9_000_000 }))] },
      { apiKeys: ["key-of-one", "key-of-two"], ...noKey },
    );
    expect(thrown).toMatchObject({ code: "ALL_ROUTES_FAILED", retryable: false, status: 401 });
    expect(thrown.retryAfter).toBe(9_000_000);
  });
});

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
