import { execFile } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { failureCases } from "../../test/played/failure-cases.ts";
import { Scene } from "./scene.ts";
import { installed } from "./targets.ts";

const scene = new Scene();
const script = fileURLToPath(new URL("../fixtures/ask-openai.mjs", import.meta.url));
const versions = [
  { name: "openai 6.0.0", folder: "openai-oldest" },
  { name: "openai 7.59.0", folder: "openai-7" },
];

/**
 * The oldest openai that the package takes, and the newest of all: the built package asks through it in
 * a process of its own, by this Node.js.
 */
describe.each(versions)("$name", ({ folder }) => {
  const openai = pathToFileURL(installed(`${folder}/index.mjs`)).href;
  const ask = async (url: string, api: "responses" | "chat" = "responses") => {
    const env = { ...process.env, ACC_E2E_RUN: scene.credential };
    const args = [script, url, openai, scene.credential, api];
    const run = promisify(execFile)(process.execPath, args, { env });
    const { said, code, ...more } = JSON.parse((await run).stdout);
    scene.attempted({ said, code });
    return { said, code, ...more };
  };

  it.each([
    ["responses", "openai"],
    ["chat", "groq"],
  ] as const)("streams by %s", async (api, form) => {
    const server = await scene.serve(plays(form, "Hello", " world"));
    expect(await ask(server.url, api)).toEqual({ said: "Hello| world", code: "ok" });
    expect(server.requests[0]?.body).toContain('"temperature":0.25');
  });

  it.each(failureCases("openai"))("$name", async ({ answer, code, retryAfter }) => {
    const server = await scene.serve(answer);
    expect(await ask(server.url)).toMatchObject({ code, ...(retryAfter && { retryAfter }) });
  });
});
