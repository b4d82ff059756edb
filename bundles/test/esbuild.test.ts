import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { describe, expect, test } from "vitest";
import { defaultAnswer } from "../../scripts/mock-server.ts";
import { accGroq, run, writeApp } from "./app.ts";

const providers = ["claude", "gemini", "groq"] as const;
const sdkAnswers = { mode: "sdk", text: defaultAnswer };
const cliAnswers = { mode: "cli", text: defaultAnswer };

/** docs/bundlers.md has it. */
const banner = {
  js: 'const require = process.getBuiltinModule("node:module").createRequire(import.meta.url);',
};

async function bundled(name: string, options: BuildOptions): Promise<string> {
  const { entry, out } = writeApp(name);
  const { warnings } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    target: "node20.19",
    outdir: out,
    logLevel: "silent",
    ...options,
  });
  expect(warnings).toEqual([]);
  return out;
}

/** A folder of packages in which the optional `@napi-rs/keyring` is: native code behind a require. */
function withKeyring(entry: string): string {
  const packages = join(dirname(entry), "packages");
  const folder = join(packages, "@napi-rs/keyring");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"name":"@napi-rs/keyring","main":"index.js"}');
  writeFileSync(join(folder, "index.js"), 'module.exports = require("./keyring.node");');
  writeFileSync(join(folder, "keyring.node"), "");
  return packages;
}

const cjs = { format: "cjs", outExtension: { ".js": ".cjs" } } as const;
const esm = { format: "esm", outExtension: { ".js": ".mjs" } } as const;

describe("esbuild, CommonJS", () => {
  test.each(providers)("%s answers through its SDK", async (name) => {
    expect((await run(await bundled(name, cjs), "app.cjs")).sdk).toEqual(sdkAnswers);
  });

  test("Groq answers through both modes", async () => {
    const told = await run(await bundled("groq", cjs), "app.cjs", { CLI: accGroq });
    expect(told).toEqual({ sdk: sdkAnswers, cli: cliAnswers });
  });

  test("a command that is not there is CLI_NOT_FOUND, the one of the package too", async () => {
    const { cli } = await run(await bundled("groq", cjs), "app.cjs");
    expect(cli).toMatchObject({ code: "CLI_NOT_FOUND", fix: "npm install -g @acc/groq" });
  });
});

test("esbuild takes no native code: @napi-rs/keyring stays outside, where it is installed", async () => {
  const { entry, out } = writeApp("groq");
  const options: BuildOptions = {
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    outdir: out,
    logLevel: "silent",
    nodePaths: [withKeyring(entry)],
    ...cjs,
  };
  await expect(build(options)).rejects.toThrow(/No loader is configured for "\.node" files/);
  await build({ ...options, external: ["@napi-rs/keyring"] });
  expect((await run(out, "app.cjs")).sdk).toEqual(sdkAnswers);
});

describe("esbuild, ES modules", () => {
  test("the banner is that of docs/bundlers.md", () => {
    const page = readFileSync(new URL("../../docs/bundlers.md", import.meta.url), "utf8");
    expect(page).toContain(banner.js);
  });

  test.each(providers)("%s answers through its SDK, without a banner", async (name) => {
    expect((await run(await bundled(name, esm), "app.mjs")).sdk).toEqual(sdkAnswers);
  });

  // evanw/esbuild#1921, tinylibs/tinyexec#20, hey-api/hey-api#1079
  test("without a require in the bundle, the CLI mode says what to do", async () => {
    const { cli } = await run(await bundled("groq", esm), "app.mjs", { CLI: accGroq });
    expect(cli).toMatchObject({
      code: "CLI_NOT_FOUND",
      reason: expect.stringMatching(/"which" does not load \(Dynamic require of/),
      fix: expect.stringContaining("mark it as external or give the bundle a require"),
    });
  });

  test.each([false, true])("with the banner both modes answer: splitting %s", async (splitting) => {
    const out = await bundled("groq", { ...esm, splitting, banner });
    const told = await run(out, "app.mjs", { CLI: accGroq });
    expect(told).toEqual({ sdk: sdkAnswers, cli: cliAnswers });
  });

  test.each([
    ["claude", "@anthropic-ai/sdk"],
    ["gemini", "@google/genai"],
    ["groq", "groq-sdk"],
  ])("an SDK of %s that was left outside and is not there says so", async (name, sdk) => {
    const out = await bundled(name, { ...esm, external: [sdk, `${sdk}/*`] });
    expect((await run(out, "app.mjs")).sdk).toMatchObject({
      code: "SDK_NOT_INSTALLED",
      fix: expect.stringContaining(`npm install ${sdk}`),
    });
  });
});
