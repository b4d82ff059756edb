// The answer as it comes, from a chain that goes on to the next provider where one fails.
import { createClaude } from "@acc/claude";
import { chain } from "@acc/dual-mode";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";

const client = chain([createClaude(), createGemini(), createGroq()]);

const stream = client.stream({
  system: "You explain things to people who are new to programming.",
  messages: [{ role: "user", content: "What is a decorator?" }],
  maxOutputTokens: 300,
});

for await (const part of stream) {
  if (part.type === "text") process.stdout.write(part.text);
  if (part.type === "finish") process.stdout.write(`\n(finished: ${part.reason})\n`);
}

const reply = await stream.reply;
console.log(`answered by ${reply.provider} in ${reply.text.length} characters`);

await client.close();
