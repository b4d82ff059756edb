import { dirname } from "node:path";
import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { dummyKey } from "../../../test/played/run-context.ts";
import { cliScene, request } from "./cli-run-scene.ts";

const { play } = cliScene();

describe("the run", () => {
  it("takes nothing out of the answer, and writes its report into its own folder alone", async () => {
    const { args, settings, env } = (await play({})).given();
    expect(args).toContain("--raw-output");
    expect(settings.telemetry).toMatchObject({ target: "local", logPrompts: false });
    expect(settings.telemetry.outfile.startsWith(dirname(env.GEMINI_CLI_HOME))).toBe(true);
  });

  it("has the prompt on stdin, behind a newline, and the key in its variable alone", async () => {
    const { given } = await play({});
    const { args, stdin, env } = given();
    expect(stdin).toBe("\n/help");
    expect(JSON.stringify(args)).not.toContain(dummyKey);
    expect(env).toMatchObject({
      GEMINI_API_KEY: dummyKey,
      GOOGLE_GEMINI_BASE_URL: "http://127.0.0.1:9",
      GEMINI_CLI_NO_RELAUNCH: "true",
    });
  });

  it("has settings without tools or retries, and the request's parameters", async () => {
    const asked = { ...request, temperature: 0.2, maxOutputTokens: 99, schema: { type: "object" } };
    const { given } = await play({ asked });
    const { settings, system } = given();
    expect(system).toBe("Be brief.");
    expect(settings).toMatchObject({
      tools: { core: [] },
      general: { maxAttempts: 1, retryFetchErrors: false },
      modelConfigs: {
        overrides: [
          {
            match: { model: "gemini-2.5-flash" },
            modelConfig: {
              generateContentConfig: {
                temperature: 0.2,
                maxOutputTokens: 99,
                responseMimeType: "application/json",
                responseJsonSchema: { type: "object" },
              },
            },
          },
        ],
      },
    });
  });

  it("gives earlier turns as a session, each in its role", async () => {
    const asked: CanonicalRequest = {
      ...request,
      messages: [
        ...request.messages,
        { role: "assistant", content: [{ type: "text", text: "No." }] },
        { role: "user", content: [{ type: "text", text: "Go on" }] },
      ],
    };
    const { given } = await play({ asked });
    const { stdin, session } = given();
    expect(stdin).toBe("\nGo on");
    expect(session.messages).toMatchObject([
      { type: "user", content: [{ text: "/help" }] },
      { type: "gemini", content: [{ text: "No." }] },
    ]);
  });

  it("gives a prompt on stdin, however long it is, and no session where nothing came before", async () => {
    const text = "x".repeat(400_000);
    const asked = { ...request, messages: [{ role: "user", content: [{ type: "text", text }] }] };
    const { given } = await play({ asked: asked as CanonicalRequest });
    const { stdin, session } = given();
    expect(stdin).toBe(`\n${text}`);
    expect(session).toBeUndefined();
  });

  it("has no system prompt of the CLI's own where none was asked for", async () => {
    const { system: _, ...asked } = request;
    const { given } = await play({ asked });
    expect(given().system).toBe("Answer the user.");
  });

  it.each([
    [
      "a prompt that the CLI would swallow",
      "user",
      "x".repeat(8 * 1024 * 1024),
      "UNSUPPORTED_FEATURE",
    ],
    ["the assistant's words last", "assistant", "Well,", "INVALID_REQUEST"],
  ])("is not begun with %s", async (_, role, text, code) => {
    const messages = [{ role, content: [{ type: "text", text }] }];
    const { error } = await play({ asked: { ...request, messages } as CanonicalRequest });
    expect(error).toMatchObject({ code });
  });
});
