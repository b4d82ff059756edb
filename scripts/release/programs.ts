/** A type that were `any` would make the expected errors of these programs missing. */
const client = (name: string, create: string) => `
import { ${create} } from "${name}";
const client = ${create}({ secrets: false, cache: false });
export const text: Promise<string> = client.chat("?").then((reply) => reply.text);
// @ts-expect-error
${create}({ prefer: "http" });
`;

/** What comes with a provider's package: pnpm lets nobody import a package that they did not install. */
const allInOne = (name: string) => `
import type { Client, Message, Part, Reply, RunPart, Tool, Usage } from "${name}";
import { chain, DualModeError, runTools, textStream, toResponse } from "${name}";
const both: Client = chain([client]);
const tools: readonly Tool[] = [{ name: "clock", inputSchema: { type: "object" } }];
const messages: readonly Message[] = [{ role: "user", content: "?" }];
const run = () =>
  runTools(both, { messages, tools }, { tools: { clock: ({ zone }: { zone?: string }) => zone } });
export const reply: Promise<Reply> = Promise.resolve(run().reply);
export const parts: () => AsyncIterable<Part | RunPart> = run;
export const usage: Promise<Usage | undefined> = reply.then((whole) => whole.usage);
export const response: () => Promise<Response> = () => toResponse(run());
export const pieces: () => AsyncIterable<string> = () => textStream(both.stream("?"));
export const told = (error: unknown) => (DualModeError.is(error) ? error.code : undefined);
// @ts-expect-error
chain("client");
// @ts-expect-error
runTools(both, "?", { tools: { clock: "12:00" } });
`;

/** What a consumer of each package writes, by the package's name. */
export const programs: Readonly<Record<string, string>> = {
  "@acc/claude": client("@acc/claude", "createClaude") + allInOne("@acc/claude"),
  "@acc/openai": `${client("@acc/openai", "createOpenAI")}${allInOne("@acc/openai")}
import { createCompatible, ollama } from "@acc/openai/compatible";
export const local: Client = createCompatible(ollama, { model: "llama3.2" });
// @ts-expect-error
createCompatible("ollama");
`,
  "@acc/secrets": `
import { openSecrets } from "@acc/secrets";
export const open = () => openSecrets();
// @ts-expect-error
openSecrets("folder");
`,
  "@acc/ai-sdk": `
import { createAcc } from "@acc/ai-sdk";
import { createAcc as createV2 } from "@acc/ai-sdk/v2";
import { createAcc as createV4 } from "@acc/ai-sdk/v4";
export const models = (client: Parameters<typeof createAcc>[0][string]) => {
  const versions: ["v3", "v2", "v4"] = [
    createAcc({ client })("client").specificationVersion,
    createV2({ client })("client/model").specificationVersion,
    createV4({ client }).languageModel("client").specificationVersion,
  ];
  return versions;
};
// @ts-expect-error
createAcc({ client: "claude" });
`,
  "acc-provider-stranger": client("acc-provider-stranger", "createStranger"),
};
