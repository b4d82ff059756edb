import { execFile } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { nodeBinary } from "node-versions";
import { describe, expect, it } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { failureCases } from "../../test/played/failure-cases.ts";
import { Scene } from "./scene.ts";
import { installed } from "./targets.ts";

const scene = new Scene();
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const script = at("../fixtures/ask-genai-3.mjs");
const genai = pathToFileURL(installed("google-genai-3/dist/web/index.mjs")).href;
const node = nodeBinary(22);

/** Version 3 wants Node.js 22: the built package asks through it in a process of its own. */
describe.runIf(node)("@google/genai 3.1.0, Node.js 22", () => {
  const ask = async (url: string) => {
    const env = { ...process.env, ACC_E2E_RUN: scene.credential };
    const run = promisify(execFile)(node ?? "", [script, url, genai, scene.credential], { env });
    const { said, code, ...more } = JSON.parse((await run).stdout);
    scene.attempted({ said, code });
    return { said, code, ...more };
  };

  it("streams", async () => {
    const server = await scene.serve(plays("gemini", "Hello", " world"));
    expect(await ask(server.url)).toEqual({ said: "Hello| world", code: "ok" });
    expect(server.requests[0]?.body).toContain('"temperature":0.25');
  });

  it.each(failureCases("gemini"))("$name", async ({ answer, code, retryAfter }) => {
    const server = await scene.serve(answer);
    expect(await ask(server.url)).toMatchObject({ code, ...(retryAfter && { retryAfter }) });
  });
});
