import { Argument, Command, InvalidArgumentError, Option } from "commander";
import type { ChatOptions } from "../chat/chat-options.ts";
import { parseDuration } from "../input/duration.ts";
import { providerNames } from "../providers.ts";
import { examples } from "./examples.ts";

const modes = ["cli", "sdk"];

export function chatCommand(): Command {
  return new Command("chat")
    .description(
      "Ask a model; the prompt is the words given, a file, what is piped in, or all of it.",
    )
    .addArgument(new Argument("[prompt...]", "the prompt"))
    .addOption(provider())
    .option("-m, --model <model>", "the model; else the provider's own default")
    .option("-s, --system <text>", "what the model is told before the prompt")
    .option(
      "-f, --file <path>",
      "take the prompt, or more of it, from a file; a PDF goes along as it is; may be repeated",
      collect,
    )
    .option("--image <path>", "show an image; may be repeated", collect)
    .option("--schema <path>", "a JSON Schema that the answer must fit")
    .option("-t, --temperature <number>", "0 to 2", parseTemperature)
    .addOption(new Option("--mode <mode>", "the one door that may be used").choices(modes))
    .addOption(new Option("--prefer <mode>", "the door that is tried first").choices(modes))
    .option("--no-cache", "neither read nor fill the cache")
    .option("--refresh", "ask anew, and keep the new answer")
    .option("--timeout <time>", "for the whole call: 30s, 2m", parseDuration)
    .option("--json", "print the reply as one JSON document")
    .option("--stream-json", "print each part as a line of JSON, and the reply last")
    .option("-v, --verbose", "show the attempts as they happen, on stderr")
    .option("-i, --interactive", "a conversation: /model, /retry, /help, /exit")
    .addHelpText(
      "after",
      examples(
        'acc chat "Explain TypeScript decorators"',
        'git diff | acc chat "Write a commit message for this"',
        'acc chat --provider claude,gemini --verbose "Hello"',
        'acc chat --schema person.schema.json --json "Who wrote Faust?"',
        "acc chat -i",
      ),
    )
    .action(async (words: string[], options: ChatOptions) => {
      const { chat } = await import("../chat/chat.ts");
      await chat(words, options);
    });
}

function provider(): Option {
  const option = new Option(
    "-p, --provider <names>",
    `whom to ask, or several in turn with commas: ${providerNames.join(", ")}; else the first with an open door`,
  );
  return option.argParser((text) => {
    const names = text.split(",").map((name) => name.trim());
    const unknown = names.find((name) => !providerNames.includes(name));
    if (unknown === undefined) return names;
    throw new InvalidArgumentError(
      `There is no provider "${unknown}"; there are ${providerNames.join(", ")}.`,
    );
  });
}

function collect(path: string, before: readonly string[] = []): readonly string[] {
  return [...before, path];
}

function parseTemperature(text: string): number {
  const number = Number(text);
  if (text.trim() !== "" && number >= 0 && number <= 2) return number;
  throw new InvalidArgumentError("It is a number from 0 to 2.");
}
