import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { refuses, type Vendor } from "../../../scripts/vendor-answers.ts";
import { canary } from "../../../test/canary-forms.ts";
import { mcpScene, textOf, vendorOf } from "./mcp-scene.ts";

const scene = mcpScene();
const { answers, call } = scene;

const askedOf = (vendor: Vendor) =>
  scene.vendors.requests.filter(({ path }) => vendorOf(path) === vendor);

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
    expect(scene.vendors.requests).toHaveLength(1);
    await call("ask", { ...asked, refresh: true });
    expect(scene.vendors.requests).toHaveLength(2);
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
    expect(scene.vendors.requests).toHaveLength(0);
  });

  it("tells a failure as a result with its code", async () => {
    answers({});
    scene.vendors.answer = refuses("claude", 401, { message: `No such key ${canary}.` });
    const result = await call("ask", { prompt: "hi", provider: "claude" });
    expect(result).toMatchObject({
      isError: true,
      structuredContent: { error: { code: "AUTHENTICATION_FAILED" } },
    });
  });
});

describe("files", () => {
  const write = (name: string, text: string) => writeFileSync(join(scene.home.path, name), text);

  it("of the project go along, and no others", async () => {
    write("project/notes.txt", "what the notes say");
    await call("ask", { prompt: "Sum it up", provider: "claude", files: ["notes.txt"] });
    const body = askedOf("claude")[0]?.body ?? "";
    expect(body.includes("what the notes say") || body.includes(btoa("what the notes say"))).toBe(
      true,
    );
    expect(body).not.toContain(scene.home.path);
  });

  it("of elsewhere, by a link, and those that hold keys are refused", async () => {
    write("secret.txt", "not for others");
    write("project/.env", "A_KEY=something");
    symlinkSync(join(scene.home.path, "secret.txt"), join(scene.home.path, "project/innocent.txt"));
    for (const path of [
      "../secret.txt",
      join(scene.home.path, "secret.txt"),
      "innocent.txt",
      ".env",
    ]) {
      const result = await call("ask", { prompt: "hi", provider: "claude", files: [path] });
      expect(result.structuredContent).toMatchObject({ error: { code: "FILE_NOT_ALLOWED" } });
    }
    expect(scene.vendors.requests).toHaveLength(0);
  });

  it("of a folder that the owner has named go along", async () => {
    mkdirSync(join(scene.home.path, "shared"));
    write("shared/notes.txt", "shared words");
    const files = [join(scene.home.path, "shared/notes.txt")];
    const asked = { prompt: "hi", provider: "claude", files };
    const result = await call("ask", asked, ["--root", join(scene.home.path, "shared")]);
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
  expect(scene.vendors.requests).toHaveLength(0);
});
