import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClaude } from "@acc/claude";
import { type CallOptions, type ClientOptions, DualModeError } from "@acc/dual-mode";
import { defineProvider } from "@acc/dual-mode/provider";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { errorSection, markers } from "../scripts/docs/error-section.ts";
import { type LoopbackServer, startLoopbackServer } from "../scripts/loopback-server.ts";
import { root } from "../scripts/steps/root.ts";

const document = readFileSync(join(root, "docs/errors.md"), "utf8");
const [tables = "", rest = ""] = document.split(markers.begin);
const [section = ""] = rest.split(markers.end);

it("docs/errors.md has the words of every error, as the sources make them", () => {
  const help = "pnpm docs:words";
  expect(section.trim(), `Write them anew: ${help}`).toBe(errorSection(root).trim());
});

it.each([
  ["packages/dual-mode/src/contract/code.ts", /export type Code =([^;]+);/],
  ["packages/secrets/src/errors.ts", /export type SecretsErrorCode =([^;]+);/],
  ["packages/cache/src/error.ts", /export type CacheErrorCode =([^;]+);/],
])("its tables have each code of %s, and what can be done", (file, type) => {
  const declared = type.exec(readFileSync(join(root, file), "utf8"))?.[1] ?? "";
  const codes = [...declared.matchAll(/"([A-Z_]+)"/g)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(10);
  for (const code of codes) {
    expect(tables, `${code} has no row`).toMatch(new RegExp(`^\\|[^|]*\`${code}\``, "m"));
  }
});

describe("an error that happens says what the document says", () => {
  let server: LoopbackServer;
  let folder = "";

  beforeAll(async () => {
    server = await startLoopbackServer(() => {});
  });
  afterAll(() => server.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "acc-words-"));
    vi.stubEnv("HOME", folder);
    vi.stubEnv("PATH", folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  const known = { secrets: false, cache: false, retry: 0, apiKey: "dummy-key" } as const;
  let keys = 0;

  async function failure(options: ClientOptions, asked: CallOptions = {}): Promise<DualModeError> {
    keys += 1;
    const own = { ...known, apiKey: `dummy-key-${keys}`, baseUrl: server.url, ...options };
    const client = createClaude(own.apiKey === "" ? without(own) : own);
    try {
      return thrown(await client.chat("hi", asked).catch((error: unknown) => error));
    } finally {
      await client.close();
    }
  }

  const without = ({ apiKey: _, ...options }: ClientOptions): ClientOptions => options;

  function refuses(status: number, type: string, message: string): void {
    server.answer = (response) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ type: "error", error: { type, message } }));
    };
  }

  /** A command that plays Claude Code: its version, whether it is logged in, and what a run does. */
  function claude(version: string, loggedIn: boolean, run = "exit 1"): string {
    const path = join(folder, "claude");
    writeFileSync(
      path,
      `#!/bin/sh\ncase "$1" in --version) echo "${version} (Claude Code)"; exit 0;;\nauth) echo '{"loggedIn": ${loggedIn}}'; exit 0;; esac\n${run}\n`,
    );
    chmodSync(path, 0o755);
    return path;
  }

  const sdk = { only: "sdk" } as const;
  const cli = { only: "cli" } as const;
  const refusal = (status: number, type: string, message: string) => () => {
    refuses(status, type, message);
    return failure(sdk);
  };

  const happenings: Readonly<Record<string, () => Promise<DualModeError>>> = {
    CLI_NOT_FOUND: () => failure(cli),
    CLI_TOO_OLD: () => failure({ ...cli, cliPath: claude("1.0.0", true) }),
    CLI_NOT_LOGGED_IN: () =>
      failure({ ...cli, billing: "login", cliPath: claude("2.1.330", false) }),
    CLI_CRASHED: () => failure({ ...cli, billing: "key", cliPath: claude("2.1.330", false) }),
    LOGIN_NOT_SHARED: () =>
      failure({ prefer: "cli", apiKey: "", user: "ada", cliPath: claude("2.1.330", true) }),
    MISSING_CREDENTIALS: () => failure({ ...sdk, apiKey: "" }),
    AUTHENTICATION_FAILED: refusal(401, "authentication_error", "invalid x-api-key"),
    RATE_LIMITED: () => {
      server.answer = (response) => {
        response.writeHead(429, { "retry-after": "700" });
        response.end(JSON.stringify({ error: { message: "slow down" } }));
      };
      return failure(sdk);
    },
    QUOTA_EXHAUSTED: refusal(400, "invalid_request_error", "Your credit balance is too low."),
    MODEL_NOT_FOUND: refusal(404, "not_found_error", "model: claude-none"),
    OVERLOADED: refusal(529, "overloaded_error", "Overloaded"),
    SERVER_ERROR: refusal(500, "api_error", "Internal server error"),
    INVALID_REQUEST: refusal(400, "invalid_request_error", "max_tokens: too many"),
    CONTEXT_TOO_LONG: refusal(400, "invalid_request_error", "prompt is too long: 9 tokens > 1"),
    WRONG_ADDRESS: () => {
      server.answer = (response) => void response.writeHead(302, { location: "/else" }).end();
      return failure(sdk);
    },
    NETWORK: () => failure({ ...sdk, baseUrl: "http://127.0.0.1:1" }),
    INVALID_OUTPUT: () => {
      server.answer = (response) =>
        void response.writeHead(200, { "content-type": "text/event-stream" }).end();
      return failure(sdk);
    },
    TIMEOUT: () => {
      server.answer = () => {};
      return failure({ ...sdk, timeout: { firstPart: 50 } });
    },
    DEADLINE_EXCEEDED: () => {
      server.answer = () => {};
      return failure({ ...sdk, timeout: 50 });
    },
    ABORTED: () => {
      server.answer = () => {};
      return failure(sdk, { signal: AbortSignal.timeout(50) });
    },
    CLOSED: async () => {
      const client = createClaude({ ...known, ...sdk });
      await client.close();
      return thrown(await client.chat("hi").catch((error: unknown) => error));
    },
    NOT_CACHED: () => failure(sdk, { cache: "only" }),
    UNSUPPORTED_FEATURE: () => failure({ ...sdk, defaults: { seed: 1 } }),
    PROVIDER_FAULT: async () => {
      const run = async function* () {
        yield* [];
        throw "a string";
      };
      const probe = async () => ({ available: true }) as const;
      const mode = { credentials: ["none"], supports: [], probe, run } as const;
      const client = defineProvider({ id: "faulty", defaultModel: "m", sdk: mode })(known);
      return thrown(await client.chat("hi").catch((error: unknown) => error));
    },
    ALL_ROUTES_FAILED: () => {
      server.answer = (response, { headers }) => {
        const status = JSON.stringify(headers).includes("key-one-of-two") ? 401 : 529;
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify({ error: { message: "No." } }));
      };
      const apiKeys = ["key-one-of-two", "key-two-of-two"];
      return failure({ ...without({ ...sdk, apiKey: "" }), apiKeys, apiKey: "" });
    },
  };

  it.each(Object.entries(happenings))("%s", async (code, happen) => {
    const error = await happen();
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(wordsOf(code))]);
    for (const attempt of error.attempts) {
      if (attempt.code === undefined) continue;
      expect(attempt.reason).toMatch(wordsOf(attempt.code));
    }
  });
});

function thrown(error: unknown): DualModeError {
  if (!DualModeError.is(error)) throw new Error(`No failure, but ${JSON.stringify(error)}`);
  return error;
}

/** What the document has for a code: its own lines, and the sentences that come with several codes. */
function wordsOf(code: string): RegExp {
  const own: string[] = [];
  let current = "";
  for (const line of section.split("\n")) {
    if (/^[A-Z_]+$/.test(line)) current = line;
    else if (line.startsWith("  ") && current === code) own.push(line.trim());
  }
  const shared = [
    ...tables.slice(tables.indexOf("## What errors say")).matchAll(/`([^`]*…[^`]*)`/g),
  ];
  const all = [...own, ...shared.map(([, words = ""]) => words.replace(/\(\d{3}\)/, "(…)"))];
  const patterns = all
    .filter((words) => words !== "(… attempts)" && !/^[….]+$/.test(words))
    .map((words) =>
      words
        .split("…")
        .map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
        .join("[^]*"),
    );
  return new RegExp(`^(${patterns.join("|")})`);
}
