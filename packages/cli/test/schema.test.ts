import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays } from "../../../scripts/vendor-answers.ts";
import { testKey } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";

let vendor: LoopbackServer;
const home = homeAnew();

beforeAll(async () => {
  vendor = await startLoopbackServer(plays("groq", "{}"));
});
afterAll(() => vendor.close());
beforeEach(async () => {
  vendor.requests.length = 0;
});

async function ask(schema: string, answer: string, ...args: readonly string[]) {
  const path = join(home.path, "schema.json");
  await writeFile(path, schema);
  vendor.answer = plays("groq", answer);
  const env = { GROQ_API_KEY: testKey, GROQ_BASE_URL: vendor.url };
  const flags = ["-p", "groq", "--only", "sdk", "--no-cache", "--schema", path];
  return home.acc(["chat", ...flags, ...args, "Who?"], { env });
}

const deep = (inner: string) => `{"type":"object",\n"properties":{"a":${inner}}}`;

describe("acc chat --schema", () => {
  it.each([
    ['{"type":"strin"}', ':1:9: "strin" is not a type that JSON Schema has; string is'],
    ['{"type":"text"}', ':1:9: "text" is not a type that JSON Schema has: they are null'],
    ['{"type":["string","nul"]}', ':1:9: "nul" is not a type'],
    ['{"type":[]}', ":1:9: [] is not a type"],
    [deep('{"type":"strin"}'), ':2:27: "strin" is not a type'],
    [deep('{"items":{"anyOf":[{"type":5}]}}'), ":2:46: 5 is not a type"],
    ['{"$defs":{"x":{"not":{"type":"strin"}}}}', ':1:30: "strin" is not a type'],
    ['{"$ref":"#/$defs/person"}', ':1:9: the $ref "#/$defs/person" leads nowhere'],
    [deep('{"$ref":"https://example.com/x"}'), ":2:27: the $ref"],
    ['{"properties":{"a":{"pattern":"["}}}', ':1:31: "[" is not a regular expression'],
    ['{"patternProperties":{"(":{}}}', ':1:27: "(" is not a regular expression'],
    ['{"$ref":"#"}', ":1:1: the schema cannot be used: "],
  ])("refuses %s before a call is paid for", async (schema, told) => {
    const run = await ask(schema, "{}");
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain(`schema.json${told}`);
    expect(run.stderr).toContain("(INVALID_FILE)");
    expect(vendor.requests).toEqual([]);
  });

  it.each([
    ['{"type":["object","null"],"properties":{"type":{"type":"string"},"$ref":{"type":"string"}}}'],
    ['{"$defs":{"x":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/x"}}}'],
    ['{"properties":{"a":{"properties":{"b":{"$ref":"#"}}}}}'],
    [
      '{"$id":"https://example.com/x","$defs":{"y":{"$anchor":"y"}},"properties":{"a":{"$ref":"#y"}}}',
    ],
    ['{"enum":[{"type":"strin","$ref":"x","a":"b"}]}'],
    ['{"default":{"type":"strin"},"examples":[{"$ref":"x"}]}'],
  ])("takes %s", async (schema) => {
    const answer = '{"type":"strin","$ref":"x","a":"b"}';
    expect(await ask(schema, answer)).toEqual({ code: 0, stdout: `${answer}\n`, stderr: "" });
  });

  const shape = '{"properties":{"b":{"type":"number"}},"required":["b"]}';

  it.each([
    ['{"b":"text"}', '#/b: Instance type "string" is invalid. Expected "number".'],
    ['{"a":1}', 'Instance does not have required property "b".'],
    ["Goethe", "is not valid JSON"],
  ])("says what does not fit in %s", async (answer, misfit) => {
    const run = await ask(shape, answer);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/The answer (does not fit the schema|is not JSON): /);
    expect(run.stderr).toContain(misfit);
    const json = JSON.parse((await ask(shape, answer, "--json")).stderr);
    expect(json.error.message).toContain(misfit);
    expect(json.error.attempts.length).toBeGreaterThan(0);
  });

  it("says it in a conversation too", async () => {
    const { stderr } = await ask(shape, '{"b":"text"}', "-i");
    expect(stderr).toContain('#/b: Instance type "string" is invalid.');
  });

  it("shows no control character of a misfit", async () => {
    const closed = '{"additionalProperties":{"type":"number"}}';
    const { stderr } = await ask(closed, '{"\\u001b[31m":"text"}');
    expect(stderr).toContain('Property "\\x1b[31m" does not match');
  });
});
