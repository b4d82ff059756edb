// An agent that uses a tool of the app's until it can answer.
import { createAcc } from "@acc/ai-sdk";
import { createClaude } from "@acc/claude";
import { ToolLoopAgent, tool } from "ai";
import { z } from "zod";

const claude = createClaude();
const acc = createAcc({ claude });

const agent = new ToolLoopAgent({
  model: acc("claude"),
  instructions: "You know the weather, by the tool alone.",
  tools: {
    weather: tool({
      description: "Tells the weather in a city",
      inputSchema: z.object({ city: z.string() }),
      execute: async ({ city }) => ({ city, sky: "clear", celsius: 21 }),
    }),
  },
});

const { text, steps } = await agent.generate({ prompt: "What is the weather in Graz?" });
console.log(text);
console.log(`${steps.length} steps`);

await claude.close();
