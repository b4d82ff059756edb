import { dirname } from "node:path";
import { expect, test } from "vitest";
import { defaultAnswer } from "../../scripts/mock-server.ts";
import { accGroq, run, writeApp } from "./app.ts";

// Vitest has a Vite of its own; the one that is tried is that of this folder.
const { build } = (await import("../node_modules/vite/dist/node/index.js")) as {
  build(options: object): Promise<unknown>;
};

// vercel/ai and others are told to mark packages as external for Vite's SSR: here nothing is marked.
test.each(["claude", "gemini", "groq"])(
  "Vite SSR, everything built in: %s answers",
  async (name) => {
    const { entry, out } = writeApp(name);
    await build({
      root: dirname(entry),
      logLevel: "silent",
      build: { ssr: entry, outDir: out, target: "node20" },
      ssr: { noExternal: true },
    });
    const { sdk, cli } = await run(out, "app.js", { ...(name === "groq" && { CLI: accGroq }) });
    expect(sdk).toEqual({ mode: "sdk", text: defaultAnswer });
    if (name === "groq") expect(cli).toEqual({ mode: "cli", text: defaultAnswer });
    else expect(cli).toMatchObject({ code: "CLI_NOT_FOUND" });
  },
);
