import { type Command, InvalidArgumentError, Option } from "commander";

/** Adds the flags that set members of a request other than the prompt. */
export function addRequestFlags(command: Command): Command {
  return command
    .option("-s, --system <text>", "the system prompt")
    .option("--max-tokens <number>", "the token limit of the answer", whole(1))
    .option("--temperature <number>", "0 to 2", temperature)
    .option("--top-p <number>", "0 to 1", between(0, 1))
    .option("--top-k <number>", "from 1", whole(1))
    .option("--presence-penalty <number>", "-2 to 2", between(-2, 2))
    .option("--frequency-penalty <number>", "-2 to 2", between(-2, 2))
    .option("--stop <text>", "end the answer at this text; repeatable", collect)
    .option("--seed <number>", "a seed, for more similar answers", whole(-Infinity))
    .addOption(
      new Option("--reasoning <level>", "how much the model thinks before it answers").choices(
        levels,
      ),
    )
    .option("--schema <path>", "a JSON Schema that the answer must fit")
    .option("--schema-name <name>", "the name of the schema for the vendor")
    .option("--json-object", "answer in JSON, without a schema")
    .option(
      "--tools <path>",
      "tools that the model may call: a module (.mjs) of functions, mcp:NAME, or a JSON file, whose calls are only printed; repeatable",
      collect,
    )
    .option("--tool-choice <choice>", "auto, none, required, or the name of a tool")
    .option("--no-parallel-tools", "at most one tool call per turn")
    .option(
      "--vendor <json>",
      'extra members of a provider\'s request body: \'{"groq":{"user":"me"}}\'',
    )
    .option("--sample <number>", "another answer to the same prompt: 0, 1, 2 …", whole(0));
}

const levels = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

export function collect(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}

/** Parses a temperature. */
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

/** Returns a parser for whole numbers of at least `least`. */
export function whole(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() !== "" && Number.isSafeInteger(number) && number >= least) return number;
    const from = Number.isFinite(least) ? ` from ${least}` : "";
    throw new InvalidArgumentError(`It is a whole number${from}.`);
  };
}
