import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays } from "../../../scripts/vendor-answers.ts";
import { testKey } from "./acc.ts";
import { eachTestAnew } from "./each-test-anew.ts";

const { server, home } = eachTestAnew();

const groq = (url = server.url) => ({ GROQ_API_KEY: testKey, GROQ_BASE_URL: url });
const claude = (url = server.url) => ({ ANTHROPIC_API_KEY: testKey, ANTHROPIC_BASE_URL: url });

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(home.path, name);
  await writeFile(path, content);
  return path;
}

/** The body that a vendor got of a call with these flags. */
async function sent(flags: readonly string[], options: { readonly stdin?: string } = {}) {
  const run = await home.acc(["chat", "-p", "groq", "--only", "sdk", ...flags, "hi"], {
    env: groq(),
    ...options,
  });
  expect([run.code, run.stderr]).toEqual([0, ""]);
  return server.requests().at(-1)?.body as Record<string, unknown>;
}

describe("a flag of acc chat reaches the vendor", () => {
  it.each([
    [["--max-tokens", "7"], { max_completion_tokens: 7 }],
    [["--temperature", "0.5"], { temperature: 0.5 }],
    [["--top-p", "0.9"], { top_p: 0.9 }],
    [["--stop", "END", "--stop", "FIN"], { stop: ["END", "FIN"] }],
    [["--seed", "-3"], { seed: -3 }],
    [["--reasoning", "low"], { reasoning_effort: "low" }],
    [["--vendor", '{"groq":{"service_tier":"flex"}}'], { service_tier: "flex" }],
    [
      ["--system", "Be brief"],
      { messages: expect.arrayContaining([{ role: "system", content: "Be brief" }]) },
    ],
  ])("%j", async (flags, body) => {
    expect(await sent(flags)).toMatchObject(body);
  });

  it("JSON of no given shape, with what to do where the answer is none", async () => {
    const vendor = await startLoopbackServer(plays("groq", '{"a":1}'));
    const args = ["chat", "-p", "groq", "--only", "sdk", "--no-cache", "--json-object", "hi"];
    const run = await home.acc(args, { env: groq(vendor.url) });
    expect(run).toEqual({ code: 0, stdout: '{"a":1}\n', stderr: "" });
    expect(JSON.parse(vendor.requests[0]?.body ?? "")).toMatchObject({
      response_format: { type: "json_object" },
    });
    await vendor.close();
    const wrong = await home.acc(args, { env: groq() });
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("INVALID_OUTPUT")]);
    expect(wrong.stderr).not.toContain("error.text");
  });

  it("tools of a file, which one is to be called, and its call as a line of JSON", async () => {
    const tool = { name: "look_up", inputSchema: { type: "object", properties: {} } };
    const path = await file("tools.json", JSON.stringify([tool]));
    const call = { index: 0, id: "call_1", function: { name: "look_up", arguments: '{"q":1}' } };
    const choice = { index: 0, delta: { tool_calls: [call] }, finish_reason: "tool_calls" };
    const vendor = await startLoopbackServer((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(`data: ${JSON.stringify({ id: "1", choices: [choice] })}\n\ndata: [DONE]\n\n`);
    });
    const flags = ["--tools", path, "--tool-choice", "look_up", "--no-parallel-tools"];
    const args = ["chat", "-p", "groq", "--only", "sdk", ...flags, "hi"];
    const run = await home.acc(args, { env: groq(vendor.url) });
    await vendor.close();
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(run.stdout)).toEqual({ id: "call_1", name: "look_up", input: { q: 1 } });
    expect(JSON.parse(vendor.requests[0]?.body ?? "")).toMatchObject({
      tools: [{ function: { name: "look_up" } }],
      tool_choice: { function: { name: "look_up" } },
      parallel_tool_calls: false,
    });
  });

  it("attached files as what they are, whatever they are called, and stdin as -", async () => {
    const pdf = await file("offer", "%PDF-1.7");
    const png = await file("photo.bin", Buffer.from("89504e470d0a1a0a", "hex"));
    const address = "https://host.example/a/b.png?size=1";
    const vendor = await startLoopbackServer(plays("claude", "Read."));
    const attached = [pdf, png, address, "-"].flatMap((path) => ["--attach", path]);
    const run = await home.acc(["chat", "-p", "claude", "--only", "sdk", ...attached, "Compare."], {
      env: claude(vendor.url),
      stdin: "of stdin",
    });
    await vendor.close();
    expect(run).toEqual({ code: 0, stdout: "Read.\n", stderr: "" });
    expect(JSON.parse(vendor.requests[0]?.body ?? "").messages[0].content).toMatchObject([
      { type: "text", text: "Compare." },
      { type: "document", source: { media_type: "application/pdf" }, title: "offer" },
      { type: "image", source: { media_type: "image/png" } },
      { type: "image", source: { type: "url", url: address } },
      { type: "document", source: { media_type: "text/plain", data: "of stdin" }, title: "stdin" },
    ]);
  });

  it.each([
    ["cli", ["--mode", "cli"], {}],
    ["cli", [], { ACC_ONLY: "cli" }],
    ["sdk", ["--prefer", "sdk"], { ACC_ONLY: "cli" }],
    ["sdk", ["--only", "sdk"], { ACC_ONLY: "cli" }],
  ])("only %s, of %j and %j", async (mode, flags, env) => {
    const args = ["chat", "-p", "groq", "--json", ...flags, "hi"];
    const run = await home.acc(args, { env: { ...groq(), ...env } });
    expect(JSON.parse(run.stdout)).toMatchObject({ mode, fallback: false });
  });

  it("a retry less, and who may pay", async () => {
    const failing = await startLoopbackServer((response) => {
      response.writeHead(500).end();
    });
    const args = ["chat", "-p", "groq", "--only", "sdk", "--retry", "0", "hi"];
    expect((await home.acc(args, { env: groq(failing.url) })).code).toBe(1);
    expect(failing.requests).toHaveLength(1);
    await failing.close();
    const byLogin = await home.acc(["chat", "-p", "groq", "--billing", "login", "hi"], {
      env: groq(),
    });
    expect([byLogin.code, server.requests()]).toEqual([1, []]);
  });
});

describe("acc chat refuses before it asks", () => {
  it.each([
    [["--max-token", "5"], /Did you mean --max-tokens\?/],
    [["--max_tokens", "5"], /Did you mean --max-tokens\?/],
    [["--maxTokens", "5"], /Did you mean --max-tokens\?/],
    [["--temprature", "1"], /Did you mean --temperature\?/],
    [["--topp", "1"], /Did you mean --top-p\?/],
    [["--atach", "x"], /Did you mean --attach\?/],
    [["--top-p", "2"], /0 to 1/],
    [["--max-tokens", "0"], /whole number from 1/],
    [["--max-tokens", "1.5"], /whole number from 1/],
    [["--seed", "x"], /whole number/],
    [["--reasoning", "hard"], /none, minimal, low/],
    [["--tool-choice", "auto"], /--tool-choice needs tools/],
    [["--tools", "tools.json"], /tools\[0\]\.name must be a string/],
    [["--vendor", "groq"], /The value of --vendor is not JSON/],
    [["--schema-name", "a b"], /schemaName/],
    [["--lenient", "colour"], /lenient/],
    [["--attach", "https://host.example/what"], /does not say what is there/],
    [["--attach", "/no/such"], /no\/such cannot be read/],
    [["-f", "-", "--attach", "-"], /only once/],
    [["-f", "-", "--no-stdin"], /exclude each other/],
    [["-f", "-", "-i"], /In a conversation the questions come from stdin/],
  ])("%j", async (flags, message) => {
    await file("tools.json", '[{ "name": 1 }]');
    const run = await home.acc(["chat", "-p", "groq", ...flags, "hi"], { env: groq() });
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toMatch(message);
    expect(server.requests()).toEqual([]);
  });
});

/** A conversation that only reads what was said would never get a new answer (`-i`). */
describe("a conversation and the cache", () => {
  const asked = async (...flags: string[]) => {
    await home.acc(["chat", "-i", "-p", "groq", ...flags], { env: groq(), stdin: "UNO\n" });
    return server.requests().length;
  };

  it("begins without it, and takes it up with --cache", async () => {
    expect(await asked()).toBe(1);
    expect(await asked()).toBe(2);
    expect(await asked("--cache")).toBe(3);
    expect(await asked("--cache")).toBe(3);
    expect(await asked()).toBe(4);
  });
});
