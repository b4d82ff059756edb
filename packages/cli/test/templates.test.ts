import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { defaultAnswer } from "../../../scripts/mock-server.ts";
import { testKey } from "./acc.ts";
import { eachTestAnew } from "./each-test-anew.ts";

let folder: string;

const { server, home } = eachTestAnew();

beforeEach(async () => {
  folder = join(home.path, ".config", "acc", "templates");
  await mkdir(folder, { recursive: true });
});

const template = (name: string, text: string) => writeFile(join(folder, `${name}.md`), text);

const chat = (args: readonly string[], stdin?: string) =>
  home.acc(["chat", "--only", "sdk", "--no-cache", ...args], {
    env: { GROQ_API_KEY: testKey, GROQ_BASE_URL: server.url },
    ...(stdin !== undefined && { stdin }),
  });

interface Asked {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

const asked = () => server.requests().at(-1)?.body as Asked & Record<string, unknown>;

const review = `---
# A line that begins so is for who reads it.
provider: groq
system: You are strict: no praise.
max-tokens: 500
temperature: 0
---
Review this diff:

{{diff}}

In {{ language }}.
`;

/** simonw/llm#684 and #835: a template that says all waits for nothing more. */
describe("acc chat -t", () => {
  it("asks with the template's flags, and its places filled by text and by a file", async () => {
    await template("review", review);
    const diff = join(home.path, "a.diff");
    await writeFile(diff, "+ {{language}}\n");
    const run = await chat(["-t", "review", "-p", `diff=@${diff}`, "-p", "language=French"]);
    expect(run).toEqual({ code: 0, stdout: `${defaultAnswer}\n`, stderr: "" });
    expect(asked()).toMatchObject({ max_completion_tokens: 500, temperature: 0 });
    expect(asked().messages).toEqual([
      { role: "system", content: "You are strict: no praise." },
      { role: "user", content: "Review this diff:\n\n+ {{language}}\n\nIn French." },
    ]);
  });

  it("has what is given on the line before what the template says", async () => {
    await template("review", review);
    const flags = ["--param", "diff=x", "--param", "language=y", "--max-tokens", "7", "-t", "1.5"];
    expect((await chat(["-t", "review", ...flags])).code).toBe(0);
    expect(asked()).toMatchObject({ max_completion_tokens: 7, temperature: 1.5 });
  });

  it.each([
    ["Sum up: {{input}}!", ["-p", "groq", "words"], undefined, "Sum up: words!"],
    ["Sum up:", ["-p", "groq", "words"], "piped", "Sum up:\n\nwords\n\npiped"],
    ["Sum up: {{text}}", ["-p", "groq", "-p", "text=@-"], "piped", "Sum up: piped"],
    ["Sum up.", ["-p", "groq"], "", "Sum up."],
  ])("puts what it is given beside parameters where it belongs: %j", async (...line) => {
    const [text, args, stdin, prompt] = line;
    await template("sum", text);
    const run = await chat(["-t", "sum", ...args], stdin);
    expect(run).toEqual({ code: 0, stdout: `${defaultAnswer}\n`, stderr: "" });
    expect(asked().messages.at(-1)?.content).toBe(prompt);
  });

  /** simonw/llm#832: words and stdin each at their own place; simonw/llm#58: a value of its own for a place. */
  it("puts words and stdin at different places, and a place's own value where none is given", async () => {
    await template("code", "---\nparam: style=short\n---\n{{input}} ({{style}}):\n{{code}}");
    const args = ["-t", "code", "-p", "groq", "-p", "code=@-"];
    expect((await chat([...args, "Explain this"], "let x")).code).toBe(0);
    expect(asked().messages.at(-1)?.content).toBe("Explain this (short):\nlet x");
    expect((await chat([...args, "-p", "style=long", "Explain this"], "let x")).code).toBe(0);
    expect(asked().messages.at(-1)?.content).toBe("Explain this (long):\nlet x");
  });

  it("leaves the provider to the settings where -p gives a parameter alone", async () => {
    await template("sum", "Sum up {{what}}.");
    const run = await home.acc(["chat", "-t", "sum", "-p", "what=this"], {
      env: { GROQ_API_KEY: testKey, GROQ_BASE_URL: server.url, ACC_PROVIDER: "groq" },
    });
    expect(run).toMatchObject({ code: 0, stdout: `${defaultAnswer}\n` });
  });

  it("begins a conversation", async () => {
    await template("sum", "Sum up {{what}}.");
    await chat(["-i", "-t", "sum", "-p", "what=this", "-p", "groq"], "and now that\n");
    expect(server.requests()).toHaveLength(2);
    expect(asked().messages.map(({ content }) => content)).toEqual([
      "Sum up this.",
      defaultAnswer,
      "and now that",
    ]);
  });

  it("takes a schema that lies beside the templates", async () => {
    await template("name", "---\nschema: name.json\n---\nWho?");
    await writeFile(join(folder, "name.json"), '{"type":"obj"}');
    const run = await chat(["-t", "name", "-p", "groq"]);
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("name.json:1:9")]);
  });

  it.each([
    [["-t", "reviw"], /no template "reviw". Did you mean review\?/],
    [["-t", "../review"], /is not the name of a template/],
    [["-t", "review"], /wants diff, language.*\n.*-p diff=TEXT, or -p diff=@FILE/],
    [["-t", "review", "-p", "diff=x", "-p", "language=y", "-p", "z=1"], /no place for z/],
    [["-t", "review", "-p", "diff=@none.txt", "-p", "language=y"], /none\.txt cannot be read/],
    [["-p", "diff=x", "hi"], /no template for diff=x/],
    [["--param", "diff", "-t", "review"], /The parameter diff has no value/],
    [["-t", "wrong"], /wrong\.md:3:1: .*unknown option '--no-such'|wrong\.md:3:1: .*no such flag/],
    [["-t", "range"], /range\.md:2:1: .*0 to 1/],
    [["-t", "loop"], /loop\.md:2:1: a template cannot set --template/],
    [["-t", "words"], /words\.md:2:1: must be a flag of acc chat/],
  ])("refuses %j, and says what is right", async (args, message) => {
    await template("review", review);
    await template("wrong", "---\nseed: 1\nno-such: 1\n---\nHi");
    await template("range", "---\ntop-p: 2\n---\nHi");
    await template("loop", "---\ntemplate: loop\n---\nHi");
    await template("words", "---\nSome words\n---\nHi");
    const run = await chat(args);
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toMatch(message);
    expect(server.requests()).toEqual([]);
  });

  it("takes none of the folder that it works in", async () => {
    await mkdir(join(home.path, "templates"));
    await writeFile(join(home.path, "templates", "evil.md"), "Hi");
    expect((await chat(["-t", "evil"])).stderr).toContain("TEMPLATE_NOT_FOUND");
  });
});

describe("acc templates", () => {
  it("keeps what is piped in for its owner alone, and replaces nothing", async () => {
    const add = (text: string) => home.acc(["templates", "add", "hello"], { stdin: text });
    expect((await add("Say {{what}}")).code).toBe(0);
    expect((await stat(join(folder, "hello.md"))).mode & 0o777).toBe(0o600);
    const again = await add("Other");
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("TEMPLATE_EXISTS")]);
    expect((await home.acc(["templates", "show", "hello"])).stdout).toBe("Say {{what}}\n");
  });

  it.each(["", "---\nSome words\n---\nHi"])("keeps none that is wrong: %j", async (text) => {
    const run = await home.acc(["templates", "add", "hello"], { stdin: text });
    expect([run.code, await readdir(folder)]).toEqual([2, []]);
  });

  it("says where they would be where there are none", async () => {
    const run = await home.acc(["templates"]);
    expect(run).toMatchObject({ code: 0, stdout: "", stderr: expect.stringContaining(folder) });
    await template("zoo", "z");
    await template("all", "a");
    expect((await home.acc(["complete", "--", "chat", "-t", ""])).stdout).toBe("all\nzoo\n:4\n");
  });
});
