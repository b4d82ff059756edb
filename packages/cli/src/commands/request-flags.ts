import { type Command, InvalidArgumentError, Option } from "commander";

/** What is asked beside the prompt, as members of a request. */
export function addRequestFlags(command: Command): Command {
  return command
    .option("-s, --system <text>", "what the model is told before the prompt")
    .option("--max-tokens <number>", "the longest answer, in tokens", whole(1))
    .option("--temperature <number>", "0 to 2", temperature)
    .option("--top-p <number>", "0 to 1", between(0, 1))
    .option("--top-k <number>", "from 1", whole(1))
    .option("--presence-penalty <number>", "-2 to 2", between(-2, 2))
    .option("--frequency-penalty <number>", "-2 to 2", between(-2, 2))
    .option("--stop <text>", "where the answer ends; may be repeated", collect)
    .option("--seed <number>", "the same seed asks for the same answer", whole(-Infinity))
    .addOption(new Option("--reasoning <level>", "how long the model thinks first").choices(levels))
    .option("--schema <path>", "a JSON Schema that the answer must fit")
    .option("--schema-name <name>", "what the vendor is told that the schema is called")
    .option("--json-object", "have the answer be JSON, of no given shape")
    .option(
      "--tools <path>",
      "tools that the model may call: a module (.mjs) of functions, mcp:NAME, or a JSON file, whose calls are printed; may be repeated",
      collect,
    )
    .option("--tool-choice <choice>", "auto, none, required, or the name of the tool to call")
    .option("--no-parallel-tools", "one tool call a turn at most")
    .option("--vendor <json>", 'members of a provider\'s own request: \'{"groq":{"user":"me"}}\'')
    .option("--sample <number>", "another answer to the same prompt: 0, 1, 2 …", whole(0));
}

const levels = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

export function collect(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}

/** What a temperature may be. */
export function temperature(text: string): number {
  return between(0, 2)(text);
}

function between(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() !== "" && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It is a number from ${least} to ${most}.`);
  };
}

/** A whole number, from this one on. */
export function whole(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() !== "" && Number.isSafeInteger(number) && number >= least) return number;
    const from = Number.isFinite(least) ? ` from ${least}` : "";
    throw new InvalidArgumentError(`It is a whole number${from}.`);
  };
}
