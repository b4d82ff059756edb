import { Argument, Command, InvalidArgumentError, Option } from "commander";
import type { ChatOptions } from "../chat/chat-options.ts";
import { providerNames } from "../providers.ts";
import { addCallFlags } from "./call-flags.ts";
import { examples } from "./examples.ts";
import { addRequestFlags, collect } from "./request-flags.ts";

export function chatCommand(): Command {
  const command = new Command("chat")
    .description(
      "Ask a model; the prompt is the words given, a file, what is piped in, or all of it.",
    )
    .addArgument(new Argument("[prompt...]", "the prompt; - is stdin"))
    .addOption(provider())
    .option("-m, --model <model>", "the model; else the provider's own default")
    .option(
      "-f, --file <path>",
      "take the prompt, or more of it, from a file; a PDF goes along as it is; - is stdin; may be repeated",
      collect,
    )
    .option(
      "-a, --attach <path>",
      "send a PDF, an image or a text along, or its address; - is stdin; may be repeated",
      collect,
    )
    .option("--image <path>", "show an image; may be repeated", collect)
    .option("--no-stdin", "do not look for more of the prompt on stdin");
  return addOutputFlags(addCallFlags(addRequestFlags(command)))
    .addHelpText(
      "after",
      examples(
        'acc chat "Explain TypeScript decorators"',
        'git diff | acc chat "Write a commit message for this"',
        'acc chat --provider claude,gemini --verbose "Hello"',
        'acc chat --schema person.schema.json --json "Who wrote Faust?"',
        'acc chat --attach offer.pdf --max-tokens 500 "What does it cost?"',
        "acc chat -i",
      ),
    )
    .action(async (words: string[], options: ChatOptions) => {
      const { chat } = await import("../chat/chat.ts");
      await chat(words, options);
    });
}

function addOutputFlags(command: Command): Command {
  return command
    .option("--json", "print the reply as one JSON document")
    .option("--stream-json", "print each part as a line of JSON, and the reply last")
    .option("-v, --verbose", "show the attempts as they happen, on stderr")
    .option("-i, --interactive", "a conversation: /model, /retry, /help, /exit");
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
