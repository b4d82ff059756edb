import { describe, expect, it, vi } from "vitest";
import { DualModeError } from "../../src/error.ts";
import { fails, scripted } from "../scripted-provider.ts";
import { absent, closed, error, failure, noKey, refused, thrownBy } from "./whole-failure-scene.ts";

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
