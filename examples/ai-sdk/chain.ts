// A chain as a model: where one provider fails, the next one answers.
import { createAcc } from "@acc/ai-sdk";
import { createClaude } from "@acc/claude";
import { chain } from "@acc/dual-mode";
import { createGemini } from "@acc/gemini";
import { streamText } from "ai";

const best = chain([createClaude(), createGemini()]);
const acc = createAcc({ best });

const result = streamText({
  model: acc("best"),
  prompt: "What is a decorator?",
  providerOptions: { acc: { timeout: 60_000, tenant: "acme" } },
});
for await (const text of result.textStream) process.stdout.write(text);

const told = (await result.providerMetadata)?.acc;
console.log(`\nanswered by ${told?.provider}, fallback: ${told?.fallback}`);

await best.close();
