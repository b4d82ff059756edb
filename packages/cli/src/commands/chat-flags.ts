import { Argument, Command, Option } from "commander";
import { providerNames } from "../providers/built-in.ts";
import { addCallFlags } from "./call-flags.ts";
import { examples } from "./examples.ts";
import { addRequestFlags, collect, temperature, whole } from "./request-flags.ts";

/** The command `acc chat` with its flags, which a template may also set. */
export function chatFlags(): Command {
  const command = new Command("chat");
  command
    .description("Ask a model. The prompt is the given words, a file and stdin, combined.")
    .addArgument(new Argument("[prompt...]", "the prompt; - reads stdin"))
    .addOption(provider(command))
    .addOption(template(command))
    .option("-m, --model <model>", "the model (default: the provider's default)")
    .option(
      "-f, --file <path>",
      "add a file to the prompt, a PDF as an attachment; - reads stdin; repeatable",
      collect,
    )
    .option(
      "--param <name=value>",
      "a value for the template: -p diff=TEXT, -p diff=@FILE; repeatable",
      collect,
    )
    .option(
      "-a, --attach <path>",
      "attach a PDF, an image or a text, by path or URL; - reads stdin; repeatable",
      collect,
    )
    .option("--image <path>", "attach an image; repeatable", collect)
    .option("--no-stdin", "do not read stdin");
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
    .option("--stream-json", "print each part as a line of JSON, and then the reply")
    .option("-v, --verbose", "show the attempts as they happen, on stderr")
    .option(
      "-i, --interactive",
      "start a conversation: multi-line messages, /attach, /edit, /save, /undo; /help lists all",
    )
    .option("-c, --last", "continue the last conversation")
    .option("--continue <id>", "continue this conversation of acc log")
    .option("--no-log", "do not save the conversation in acc log")
    .option("--yes <tool>", "call this tool without asking; repeatable", collect)
    .option("--max-steps <number>", "the most answers in a run with tools (default: 20)", whole(1));
}

/** The option `-p`: providers or, written as NAME=VALUE, a parameter of the template. */
function provider(command: Command): Option {
  const option = new Option(
    "-p, --provider <names>",
    `the provider, or several to try in order, separated by commas: ${providerNames.join(", ")} or another of acc providers list (default: the first that is available)`,
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

/** The option `-t`: a template, whose name begins with a letter, or a number as the temperature. */
function template(command: Command): Option {
  const option = new Option(
    "-t, --template <name>",
    "use a template (see acc templates); a number sets the temperature",
  );
  return option.argParser((text, before: string | undefined) => {
    if (!/^[-+]?\.?\d/.test(text)) return text;
    command.setOptionValueWithSource("temperature", temperature(text), "cli");
    return before;
  });
}
