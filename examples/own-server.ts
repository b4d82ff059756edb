// A server that speaks like OpenAI: here the preset of Ollama, at an address of your own.
import { createCompatible, ollama } from "@acc/openai/compatible";

const client = createCompatible(
  { ...ollama, baseUrlEnv: ["OWN_SERVER_URL"] },
  { model: "llama3.2" },
);

const reply = await client.chat("What is a decorator?");
console.log(`${reply.provider}: ${reply.text}`);

await client.close();
