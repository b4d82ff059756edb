// One question through the AI SDK, answered by whichever of Claude's modes this machine has.
import { createAcc } from "@acc/ai-sdk";
import { createClaude } from "@acc/claude";
import { generateText } from "ai";

const claude = createClaude();
const acc = createAcc({ claude });

const { text, providerMetadata } = await generateText({
  model: acc("claude/claude-sonnet-5-5"),
  prompt: "What is a decorator in TypeScript? One sentence.",
});
console.log(text);
console.log(`through the ${providerMetadata?.acc?.mode}, cached: ${providerMetadata?.acc?.cached}`);

await claude.close();
