import type { CanonicalRequest, PrivateFolder, RunContext } from "@acc/dual-mode/provider";
import { expect, test } from "vitest";
import { toPlan } from "../src/cli/plan.ts";

const folder = {
  path: "/run",
  folder: async (name: string) => `/run/${name}`,
  write: async (name: string) => `/run/${name}`,
} as unknown as PrivateFolder;
const request = {
  model: "gpt-5",
  messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
} as unknown as CanonicalRequest;

const environmentOf = async (env: Readonly<Record<string, string>>) => {
  const context = { credential: { kind: "key" }, env, cliEnv: {} };
  return (await toPlan(request, context as unknown as RunContext<object>, folder)).env;
};

test("Codex gets the variable of its own that names certificates", async () => {
  const env = await environmentOf({ CODEX_CA_CERTIFICATE: "/etc/ca.pem", OTHER: "x" });
  expect(env).toMatchObject({ CODEX_CA_CERTIFICATE: "/etc/ca.pem" });
  expect(env).not.toHaveProperty("OTHER");
});

test.each([{}, { CODEX_CA_CERTIFICATE: "" }])("%j sets none", async (env) => {
  expect(await environmentOf(env)).not.toHaveProperty("CODEX_CA_CERTIFICATE");
});
