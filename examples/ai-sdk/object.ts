// An answer of a given shape, and one that the app refuses all the same.
import { createAcc } from "@acc/ai-sdk";
import { createClaude } from "@acc/claude";
import { generateText, NoObjectGeneratedError, Output } from "ai";
import { z } from "zod";

const claude = createClaude();
const acc = createAcc({ claude });

const inAustria = ({ country }: { country: string }) => country === "Austria";
const schema = z
  .object({ city: z.string(), country: z.string() })
  .refine(inAustria, "is not in Austria"); // no JSON Schema says so: the vendor is not told

for (;;) {
  try {
    const { output } = await generateText({
      model: acc("claude"),
      prompt: "Name a city of the Alps.",
      output: Output.object({ schema }),
    });
    console.log(output);
    break;
  } catch (error) {
    if (!NoObjectGeneratedError.isInstance(error)) throw error;
    console.log(`refused: ${error.text}`);
    acc.refuse(error); // the same question now goes past the cache
  }
}

await claude.close();
