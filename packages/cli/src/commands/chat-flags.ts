import { Argument, Command, Option } from "commander";
import { providerNames } from "../providers/built-in.ts";
import { addCallFlags } from "./call-flags.ts";
import { examples } from "./examples.ts";
import { addRequestFlags, collect, temperature, whole } from "./request-flags.ts";

/** `acc chat` with its flags, as a template may set them too. */
export function chatFlags(): Command {
  const command = new Command("chat");
  command
    .description(
      "Ask a model; the prompt is the words given, a file, what is piped in, or all of it.",
    )
    .addArgument(new Argument("[prompt...]", "the prompt; - is stdin"))
    .addOption(provider(command))
    .addOption(template(command))
    .option("-m, --model <model>", "the model; else the provider's own default")
    .option(
      "-f, --file <path>",
      "take the prompt, or more of it, from a file; a PDF goes along as it is; - is stdin; may be repeated",
      collect,
    )
    .option(
      "--param <name=value>",
      "what a template wants: -p diff=TEXT, -p diff=@FILE; may be repeated",
      collect,
    )
    .option(
      "-a, --attach <path>",
      "send a PDF, an image or a text along, or its address; - is stdin; may be repeated",
      collect,
    )
    .option("--image <path>", "show an image; may be repeated", collect)
    .option("--no-stdin", "do not look for more of the prompt on stdin");
  return addOutputFlags(addCallFlags(addRequestFlags(command))).addHelpText(
    "after",
    examples(
      'acc chat "Explain TypeScript decorators"',
      'git diff | acc chat "Write a commit message for this"',
      'acc chat --provider claude,gemini --verbose "Hello"',
      'acc chat --schema person.schema.json --json "Who wrote Faust?"',
      'acc chat --attach offer.pdf --max-tokens 500 "What does it cost?"',
      "acc chat -i",
      'acc chat -c "And in Python?"',
      'acc chat --tools tools.mjs --tools mcp:files "What is in this folder?"',
    ),
  );
}

function addOutputFlags(command: Command): Command {
  return command
    .option("--json", "print the reply as one JSON document")
    .option("--stream-json", "print each part as a line of JSON, and the reply last")
    .option("-v, --verbose", "show the attempts as they happen, on stderr")
    .option(
      "-i, --interactive",
      "a conversation: messages of several lines, /attach, /edit, /save, /undo; /help names all",
    )
    .option("-c, --last", "go on with the last conversation")
    .option("--continue <id>", "go on with this conversation of acc log")
    .option("--no-log", "keep nothing of it in acc log")
    .option("--yes <tool>", "call this tool without a question; may be repeated", collect)
    .option("--max-steps <number>", "the most answers, where tools are called: 20", whole(1));
}

/** `-p` is the provider, and with a name and its value a parameter of the template. */
function provider(command: Command): Option {
  const option = new Option(
    "-p, --provider <names>",
    `whom to ask, or several in turn with commas: ${providerNames.join(", ")} or another of acc providers list; else the first that can be asked`,
  );
  return option.argParser((text, before: readonly string[] | undefined) => {
    if (/^[\w-]+=/.test(text)) {
      const params: readonly string[] = command.getOptionValue("param") ?? [];
      command.setOptionValueWithSource("param", [...params, text], "cli");
      return before;
    }
    return text.split(",").map((name) => name.trim());
  });
}

/** `-t` is the template, whose name begins with a letter, and with a number the temperature. */
function template(command: Command): Option {
  const option = new Option(
    "-t, --template <name>",
    "ask with a template (acc templates); -t with a number is the temperature",
  );
  return option.argParser((text, before: string | undefined) => {
    if (!/^[-+]?\.?\d/.test(text)) return text;
    command.setOptionValueWithSource("temperature", temperature(text), "cli");
    return before;
  });
}
