import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays, refuses, type Vendor } from "../../../scripts/vendor-answers.ts";
import { canary, formsIn } from "../../../test/canary-forms.ts";
import { type AccHome, emptyHome } from "./acc.ts";
import { type McpClient, openMcp } from "./mcp-client.ts";

/** Each vendor is played by one server: by the path that it is asked at. */
let vendors: LoopbackServer;
let home: AccHome;
let mcp: McpClient | undefined;

beforeAll(async () => {
  vendors = await startLoopbackServer(() => undefined);
});
afterAll(() => vendors.close());
beforeEach(async () => {
  home = await emptyHome();
  mkdirSync(join(home.path, "project"));
  vendors.requests.length = 0;
  answers({ claude: "Claude says so.", gemini: "Gemini says so." });
});
afterEach(async () => {
  await mcp?.close();
  mcp = undefined;
  await home.remove();
});

const vendorOf = (path: string): Vendor => (path.includes("/messages") ? "claude" : "gemini");

function answers(texts: Partial<Record<Vendor, string>>): void {
  vendors.answer = (response, request) => {
    const vendor = vendorOf(request.path);
    const text = texts[vendor];
    const answer =
      text === undefined ? refuses(vendor, 500, { message: "No." }) : plays(vendor, text);
    return answer(response, request);
  };
}

const env = () => ({
  ANTHROPIC_API_KEY: canary,
  ANTHROPIC_BASE_URL: vendors.url,
  GEMINI_API_KEY: `${canary}-2`,
  GOOGLE_GEMINI_BASE_URL: vendors.url,
});

interface Result {
  readonly isError?: boolean;
  readonly content: readonly { readonly text: string }[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
}

/** Calls a tool of a server, which is started with the first call. */
async function call(
  name: string,
  args: Readonly<Record<string, unknown>>,
  flags: readonly string[] = [],
): Promise<Result> {
  mcp ??= await openMcp(home, flags, env());
  const result = (await mcp.client.callTool({ name, arguments: args })) as unknown as Result;
  expect(formsIn(JSON.stringify(result) + mcp.stderr())).toEqual([]);
  return result;
}

const textOf = ({ content }: Result) => content.map(({ text }) => text).join("\n");
const askedOf = (vendor: Vendor) =>
  vendors.requests.filter(({ path }) => vendorOf(path) === vendor);

describe("ask", () => {
  it("gives the answer of whom it names, who it is from, and what was asked is asked once", async () => {
    const asked = { prompt: "Is it so?", provider: "gemini" };
    expect(await call("ask", asked)).toMatchObject({
      content: [
        { text: "Gemini says so." },
        { text: expect.stringMatching(/ of gemini, \d+ tok/) },
      ],
      structuredContent: { text: "Gemini says so.", provider: "gemini", cached: false },
    });
    const again = await call("ask", { ...asked, model: null, files: null });
    expect(again.structuredContent).toMatchObject({ cached: true });
    expect(textOf(again)).toContain("from the cache");
    expect(vendors.requests).toHaveLength(1);
    await call("ask", { ...asked, refresh: true });
    expect(vendors.requests).toHaveLength(2);
  });

  it("goes on to the next of several, and asks any where none is named", async () => {
    answers({ gemini: "Gemini says so." });
    const chained = await call("ask", { prompt: "hi", provider: "claude, gemini" });
    expect(chained.structuredContent).toMatchObject({ provider: "gemini" });
    const any = await call("ask", { prompt: "ho" });
    expect(any.structuredContent).toMatchObject({ provider: "gemini" });
  });

  it("asks for a model, with a system prompt and a bound", async () => {
    const model = "claude-haiku-5-5";
    const asked = {
      prompt: "hi",
      provider: `claude/${model}`,
      system: "Be brief",
      maxOutputTokens: 7,
    };
    await call("ask", asked);
    expect(JSON.parse(askedOf("claude")[0]?.body ?? "")).toMatchObject({ model, max_tokens: 7 });
    expect(askedOf("claude")[0]?.body).toContain("Be brief");
  });

  it("gives an object that fits a schema, also one that a model has written as text", async () => {
    answers({ claude: '{"n":3}' });
    const schema = { type: "object", properties: { n: { type: "number" } }, required: ["n"] };
    for (const given of [schema, JSON.stringify(schema)]) {
      const result = await call("ask", { prompt: "hi", provider: "claude", schema: given });
      expect(result.structuredContent).toMatchObject({ object: { n: 3 } });
    }
    const wrong = await call("ask", {
      prompt: "hi",
      provider: "claude",
      schema: { type: "objekt" },
    });
    expect([wrong.isError, textOf(wrong)]).toEqual([true, expect.stringContaining("objekt")]);
  });

  it.each([
    [{}, /prompt/],
    [{ prompt: " " }, /prompt is blank/],
    [{ prompt: "hi", files: [3] }, /files/],
    [{ prompt: "hi", temperature: 2 }, /temperature[\s\S]*It takes prompt, system/],
    [{ prompt: "hi", provider: "gemni" }, /Did you mean gemini\?/],
    [{ prompt: "hi", provider: "claude,gemini", model: "m" }, /One model is asked of several/],
  ])("says what is wrong with %j, and asks nobody", async (args, said) => {
    const result = await call("ask", args);
    expect([result.isError, textOf(result)]).toEqual([true, expect.stringMatching(said)]);
    expect(vendors.requests).toHaveLength(0);
  });

  it("tells a failure as a result with its code", async () => {
    answers({});
    vendors.answer = refuses("claude", 401, { message: `No such key ${canary}.` });
    const result = await call("ask", { prompt: "hi", provider: "claude" });
    expect(result).toMatchObject({
      isError: true,
      structuredContent: { error: { code: "AUTHENTICATION_FAILED" } },
    });
  });
});

describe("files", () => {
  const write = (name: string, text: string) => writeFileSync(join(home.path, name), text);

  it("of the project go along, and no others", async () => {
    write("project/notes.txt", "what the notes say");
    await call("ask", { prompt: "Sum it up", provider: "claude", files: ["notes.txt"] });
    const body = askedOf("claude")[0]?.body ?? "";
    expect(body.includes("what the notes say") || body.includes(btoa("what the notes say"))).toBe(
      true,
    );
    expect(body).not.toContain(home.path);
  });

  it("of elsewhere, by a link, and those that hold keys are refused", async () => {
    write("secret.txt", "not for others");
    write("project/.env", "A_KEY=something");
    symlinkSync(join(home.path, "secret.txt"), join(home.path, "project/innocent.txt"));
    for (const path of ["../secret.txt", join(home.path, "secret.txt"), "innocent.txt", ".env"]) {
      const result = await call("ask", { prompt: "hi", provider: "claude", files: [path] });
      expect(result.structuredContent).toMatchObject({ error: { code: "FILE_NOT_ALLOWED" } });
    }
    expect(vendors.requests).toHaveLength(0);
  });

  it("of a folder that the owner has named go along", async () => {
    mkdirSync(join(home.path, "shared"));
    write("shared/notes.txt", "shared words");
    const files = [join(home.path, "shared/notes.txt")];
    const asked = { prompt: "hi", provider: "claude", files };
    const result = await call("ask", asked, ["--root", join(home.path, "shared")]);
    expect(result.isError).toBeUndefined();
  });

  it("that are not there are told so", async () => {
    const result = await call("ask", { prompt: "hi", provider: "claude", files: ["gone.txt"] });
    expect(textOf(result)).toMatch(/FILE_UNREADABLE.*gone\.txt.*ENOENT/);
  });
});

describe("compare", () => {
  it("asks all at once, and gives each answer by name", async () => {
    const result = await call("compare", { prompt: "hi", providers: ["claude", "gemini"] });
    expect(textOf(result)).toMatch(/## claude\n\nClaude says so[\s\S]*## gemini\n\nGemini says so/);
    expect(result.structuredContent).toMatchObject({
      answers: [{ asked: "claude" }, { asked: "gemini", text: "Gemini says so." }],
    });
  });

  it("gives what it has where one fails, and fails where all do", async () => {
    answers({ gemini: "Gemini says so." });
    const some = await call("compare", { prompt: "hi", providers: ["claude", "gemini"] });
    expect(some.isError).toBeUndefined();
    expect(textOf(some)).toMatch(/## claude\n\nSERVER_ERROR[\s\S]*Gemini says so/);
    answers({});
    const none = await call("compare", { prompt: "ho", providers: ["claude", "gemini"] });
    expect(none.isError).toBe(true);
  });

  it("wants two or more", async () => {
    const result = await call("compare", { prompt: "hi", providers: ["claude"] });
    expect([result.isError, textOf(result)]).toEqual([true, expect.stringContaining("providers")]);
  });
});

it("lists whom one can ask, what the others lack, and asks nobody for it", async () => {
  const result = await call("providers", {});
  expect(textOf(result)).toMatch(/^claude: can be asked, claude-/m);
  expect(textOf(result)).toMatch(/^groq: cannot be asked: .+/m);
  expect(vendors.requests).toHaveLength(0);
});

describe("a budget", () => {
  it("of calls ends an agent's loop, and does not count what the cache answers", async () => {
    for (const prompt of ["one", "one", "two"]) {
      const result = await call("ask", { prompt, provider: "claude" }, ["--max-calls", "2"]);
      expect(result.isError).toBeUndefined();
    }
    const third = await call("ask", { prompt: "three", provider: "claude" });
    expect(third.structuredContent).toMatchObject({ error: { code: "BUDGET_EXHAUSTED" } });
    expect(vendors.requests).toHaveLength(2);
  });

  it("of calls counts what failed at a vendor too, and not what reached none", async () => {
    const unknown = await call("ask", { prompt: "hi", provider: "groq" }, ["--max-calls", "1"]);
    expect(textOf(unknown)).toContain("MISSING_CREDENTIALS");
    answers({});
    const failed = await call("ask", { prompt: "hi", provider: "claude" });
    expect(textOf(failed)).toContain("SERVER_ERROR");
    const next = await call("ask", { prompt: "hi", provider: "claude" });
    expect(next.structuredContent).toMatchObject({ error: { code: "BUDGET_EXHAUSTED" } });
  });

  it("of costs counts a call that broke off as the most, and one that was refused as nothing", async () => {
    const asked = { prompt: "hi", provider: "claude/claude-sonnet-4-5", maxOutputTokens: 2_000 };
    const refusal = refuses("claude", 400, { message: "No." });
    vendors.answer = (response, request) => refusal(response, request);
    const refused = await call("ask", asked, ["--max-cost", "0.05"]);
    expect(refused.isError).toBe(true);
    vendors.answer = (response) => void response.destroy();
    const broken = await call("ask", asked);
    expect(textOf(broken)).toContain("NETWORK");
    const next = await call("ask", asked);
    expect(next.structuredContent).toMatchObject({ error: { code: "BUDGET_EXHAUSTED" } });
  });

  it("of costs is not passed, whatever the answer may cost", async () => {
    const asked = { prompt: "hi", provider: "claude/claude-sonnet-4-5", maxOutputTokens: 100_000 };
    const result = await call("ask", asked, ["--max-cost", "0.05"]);
    expect(textOf(result)).toMatch(/BUDGET_EXHAUSTED: The call may cost up to US\$ \d/);
    expect(vendors.requests).toHaveLength(0);
    const small = await call("ask", { ...asked, maxOutputTokens: 10 });
    expect(small.isError).toBeUndefined();
    const unknown = await call("ask", { prompt: "hi", provider: "claude/nobody-knows-it" });
    expect(textOf(unknown)).toContain("MODEL_WITHOUT_PRICE");
    expect(vendors.requests).toHaveLength(1);
  });
});

describe("the server", () => {
  it("says what its tools take, and that they change nothing", async () => {
    mcp = await openMcp(home, [], env());
    const { tools } = await mcp.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["ask", "compare", "providers"]);
    expect(tools[0]?.annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    expect(mcp.client.getServerVersion()).toMatchObject({ name: "acc", version: "0.0.0" });
    expect(mcp.client.getInstructions()).toContain("They see only what a call sends along");
  });

  // modelcontextprotocol/typescript-sdk#2002
  it("ends with its client, and what was under way with it", async () => {
    let isLeft = false;
    vendors.answer = (response) => {
      response.once("close", () => {
        isLeft = true;
      });
    };
    mcp = await openMcp(home, [], env());
    const { pid } = mcp;
    const asked = mcp.client.callTool({
      name: "ask",
      arguments: { prompt: "hi", provider: "claude" },
    });
    asked.catch(() => undefined);
    await expect.poll(() => vendors.requests.length, { timeout: 30_000 }).toBe(1);
    await mcp.close();
    mcp = undefined;
    await expect.poll(() => isLeft, { timeout: 30_000 }).toBe(true);
    await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 30_000 }).toBe(false);
  });

  it("ends a call that its client gives up, and goes on", async () => {
    let isLeft = false;
    vendors.answer = (response) => {
      response.once("close", () => {
        isLeft = true;
      });
    };
    mcp = await openMcp(home, [], env());
    const controller = new AbortController();
    const asked = mcp.client.callTool(
      { name: "ask", arguments: { prompt: "hi", provider: "claude" } },
      undefined,
      { signal: controller.signal },
    );
    asked.catch(() => undefined);
    await expect.poll(() => vendors.requests.length, { timeout: 30_000 }).toBe(1);
    controller.abort();
    await expect.poll(() => isLeft, { timeout: 30_000 }).toBe(true);
    answers({ claude: "Still here." });
    expect(textOf(await call("ask", { prompt: "ho", provider: "claude" }))).toContain(
      "Still here.",
    );
  });

  // likec4/likec4#3092: the SDK's transport does not notice the end of stdin.
  it("ends where nobody has ever spoken to it", async () => {
    expect(await home.acc(["mcp"], { env: env() })).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  // hurttlocker/o8#1541, s-stefanov/actual-mcp#161: a log line of any package ends the connection.
  it("keeps what else is written to stdout from its client", () => {
    const source = new URL("../src/mcp/own-stdout.ts", import.meta.url).href;
    const program = `
      const { ownStdout } = await import(${JSON.stringify(source)});
      const out = ownStdout();
      console.log("a package's word");
      out.write('{"a":1}');
    `;
    const args = ["--import", import.meta.resolve("tsx"), "--input-type=module", "-e", program];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect([stdout, stderr]).toEqual(['{"a":1}', "a package's word\n"]);
  });

  it("writes nothing but messages to stdout", async () => {
    const message = { jsonrpc: "2.0", id: 1, method: "initialize" };
    const params = {
      protocolVersion: "2025-06-18",
      capabilities: {},
      clientInfo: { name: "t", version: "1" },
    };
    const lines = [
      { ...message, params },
      { jsonrpc: "2.0", method: "notifications/initialized" },
      "no JSON",
      { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name: "providers", arguments: {} } },
    ];
    const stdin = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
    const run = await home.acc(["mcp"], { env: env(), stdin: `${stdin.join("\n")}\n` });
    expect(run.code).toBe(0);
    const said = run.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(said[0]).toMatchObject({ id: 1, result: { serverInfo: { name: "acc" } } });
  });
});
