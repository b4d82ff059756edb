import { readFileSync } from "node:fs";
import { Argument, Command, Option } from "commander";
import { providerNames } from "./providers.ts";

/** The command line: its words are here, what they do is loaded when one is used. */
export function createProgram(): Command {
  const program = new Command("acc")
    .description("One call to a language model, through any door this machine has open.")
    .version(version())
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  program.addCommand(chatCommand()).addCommand(doctorCommand()).addCommand(secretsCommand());
  return program;
}

function chatCommand(): Command {
  return new Command("chat")
    .description("Ask a model; the prompt is the words given, or stdin.")
    .addArgument(new Argument("[prompt...]", "the prompt"))
    .addOption(
      new Option("-p, --provider <name>", "whom to ask; the first with an open door").choices(
        providerNames,
      ),
    )
    .option("-m, --model <model>", "the model; the provider's default")
    .addOption(new Option("--mode <mode>", "the one door that may be used").choices(["cli", "sdk"]))
    .option("--no-cache", "neither read nor fill the cache")
    .option("--json", "print the reply as one JSON document")
    .addHelpText(
      "after",
      examples(['acc chat "Explain TypeScript decorators"', "git diff | acc chat --json"]),
    )
    .action(async (words: string[], options) => {
      const { chat } = await import("./commands/chat.ts");
      await chat(words, options);
    });
}

function doctorCommand(): Command {
  return new Command("doctor")
    .description(
      "Show what this machine has of each provider, and what to do about what is missing.",
    )
    .option("--json", "print it as one JSON document")
    .addHelpText("after", examples(["acc doctor", "acc doctor --json"]))
    .action(async (options) => {
      const { doctor } = await import("./commands/doctor.ts");
      await doctor(options);
    });
}

function secretsCommand(): Command {
  const set = new Command("set")
    .description("Keep a key; its value is read from stdin, never from the command line.")
    .argument("<name>", "the key's name, e.g. anthropic_api_key")
    .addHelpText("after", examples(["acc secrets set anthropic_api_key < key.txt"]))
    .action(async (name: string) => {
      const { setSecret } = await import("./commands/secrets.ts");
      await setSecret(name);
    });
  const list = new Command("list").description("Show the names that are kept.").action(async () => {
    const { listSecrets } = await import("./commands/secrets.ts");
    await listSecrets();
  });
  const remove = new Command("delete")
    .description("Forget a key.")
    .argument("<name>", "the key's name")
    .action(async (name: string) => {
      const { deleteSecret } = await import("./commands/secrets.ts");
      await deleteSecret(name);
    });
  return new Command("secrets")
    .description("Keep keys in the encrypted store.")
    .addCommand(set)
    .addCommand(list)
    .addCommand(remove);
}

function examples(lines: readonly string[]): string {
  return ["", "Examples:", ...lines.map((line) => `  ${line}`)].join("\n");
}

function version(): string {
  const manifest = new URL("../package.json", import.meta.url);
  return JSON.parse(readFileSync(manifest, "utf8")).version;
}
