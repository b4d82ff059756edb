import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { testProvider } from "@acc/dual-mode/testing";
import { afterAll, beforeAll, test } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays } from "../../../scripts/vendor-answers.ts";
import { createGroq } from "../src/index.ts";

const cliPath = fileURLToPath(new URL("../dist/acc-groq.js", import.meta.url));
let server: LoopbackServer;
beforeAll(async () => {
  server = await startLoopbackServer(plays("groq", "Hello"));
});
afterAll(() => server.close());

/** The command itself, with one that waits. */
testProvider(test, (options) => createGroq({ ...options, baseUrl: server.url }), {
  mode: "cli",
  options: { apiKey: `dummy-key-${randomUUID()}`, cliPath, secrets: false, standby: 1 },
});
