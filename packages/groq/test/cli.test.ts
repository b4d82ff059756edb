import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dummyKey, outcomeOf, runContext } from "../../../test/played/run-context.ts";
import { cli } from "../src/cli/mode.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "acc-groq-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const request: CanonicalRequest = {
  model: "openai/gpt-oss-120b",
  messages: [{ role: "user", content: [{ type: "text", text: "Explain decorators" }] }],
  temperature: 0.2,
  sample: 3,
};

/** A command that speaks the protocol: any other than ours. */
async function play(lines: readonly object[], exit = 0) {
  const command = join(folder, "acc-groq");
  const output = lines.map((line) => JSON.stringify(line)).join("\n");
  writeFileSync(join(folder, "output"), output);
  const script = `env > '${folder}/env'; echo "$@" > '${folder}/args'; cat > '${folder}/stdin'`;
  writeFileSync(command, `#!/bin/sh\n${script}; cat '${folder}/output'; exit ${exit}\n`);
  chmodSync(command, 0o755);
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const context = runContext("http://127.0.0.1:9", { command });
  return { ...(await outcomeOf(cli.run(request, context))), read };
}

const answer = [
  { type: "start", model: "played" },
  { type: "text", text: "Hello" },
  { type: "usage", usage: { outputTokens: 7 } },
  { type: "finish", reason: "stop" },
];

describe("the CLI mode", () => {
  it("passes the parts on, and leaves out what it does not know", async () => {
    const { parts, error } = await play([
      ...answer.slice(0, 1),
      { type: "ping" },
      ...answer.slice(1),
    ]);
    expect(error).toBeUndefined();
    expect(parts).toEqual(answer);
  });

  it("gives the request on stdin, and the key in its variable alone", async () => {
    const { read } = await play(answer);
    expect(read("args").trim()).toBe("--input json --output stream-json");
    expect(JSON.parse(read("stdin"))).toEqual({
      model: "openai/gpt-oss-120b",
      messages: request.messages,
      temperature: 0.2,
    });
    expect(read("env")).toContain(`GROQ_API_KEY=${dummyKey}`);
    expect(read("env")).toContain("GROQ_BASE_URL=http://127.0.0.1:9");
  });

  it("takes a failure as the command tells it", async () => {
    const error = { code: "RATE_LIMITED", message: "Slow down.", status: 429, retryAfter: 7000 };
    const outcome = await play([{ type: "error", error }], 12);
    expect(outcome.error).toMatchObject(error);
  });

  it.each([
    ["the exit code alone", [], 15, "OVERLOADED"],
    ["an exit code that is not known", answer, 99, "CLI_CRASHED"],
    ["no finish", answer.slice(0, -1), 0, "INVALID_OUTPUT"],
  ])("goes by %s", async (_, lines, exit, code) => {
    const { error, parts } = await play(lines, exit);
    expect(error).toMatchObject({ code });
    expect(parts).not.toContainEqual({ type: "finish", reason: "stop" });
  });
});

describe("the probe", () => {
  const look = (path: string) =>
    cli.probe({
      options: {},
      cliPath: undefined,
      env: { PATH: path, HOME: folder },
      signal: new AbortController().signal,
      cliEnv: {},
      logger: { debug: () => {} },
    });

  it("finds the command on PATH", async () => {
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin/acc-groq"), "#!/bin/sh\necho 9.8.7\n");
    chmodSync(join(folder, "bin/acc-groq"), 0o755);
    expect(await look(join(folder, "bin"))).toEqual({
      available: true,
      command: join(folder, "bin/acc-groq"),
      version: "9.8.7",
    });
  });

  it("takes the package's own where there is no other", async () => {
    expect(await look(folder)).toMatchObject({
      available: true,
      command: expect.stringMatching(/acc-groq(\.js)?$/),
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });
});
