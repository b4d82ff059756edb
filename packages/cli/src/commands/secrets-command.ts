import { Command } from "commander";
import { examples } from "./examples.ts";
import { exchangeCommands } from "./secrets-exchange.ts";
import { upkeepCommands } from "./secrets-upkeep.ts";
import { unlockOption } from "./unlock-option.ts";

export function secretsCommand(): Command {
  const secrets = new Command("secrets")
    .description("Manage keys in this machine's encrypted store.")
    .addHelpText(
      "after",
      examples(
        "acc secrets set anthropic_api_key",
        "acc secrets list",
        "acc secrets exec --secret groq_api_key -- ./deploy",
        'acc secrets rotate groq_api_key --create-command "./new-key --plain"',
      ),
    );
  for (const command of [...keepCommands(), ...exchangeCommands(), ...upkeepCommands()]) {
    secrets.addCommand(command);
  }
  return secrets;
}

const load = () => import("../secrets/keep.ts");
const nameHelp = "the secret's name, such as anthropic_api_key";

function keepCommands(): readonly Command[] {
  return [
    new Command("set")
      .description(
        "Store a value, from a hidden prompt or from stdin, never from the command line.",
      )
      .argument("<name>", nameHelp)
      .option("--multiline", "allow line breaks, as in a PEM key")
      .addOption(unlockOption())
      .addHelpText(
        "after",
        examples("acc secrets set groq_api_key", "acc secrets set groq_api_key < key.txt"),
      )
      .action(async (name: string, options) => (await load()).setSecret(name, options)),
    new Command("get")
      .description("Show where a value comes from; with --reveal, print it.")
      .argument("<name>", nameHelp)
      .option("--reveal", "print the value, to a terminal or a pipe")
      .option("--json", "print it as one JSON document")
      .addOption(unlockOption())
      .addHelpText(
        "after",
        examples("acc secrets get groq_api_key", "acc secrets get groq_api_key --reveal | pbcopy"),
      )
      .action(async (name: string, options) => (await load()).getSecret(name, options)),
    new Command("list")
      .description("Show the stored names.")
      .option("--json", "print them as one JSON document")
      .addOption(unlockOption())
      .addHelpText("after", examples("acc secrets list"))
      .action(async (options) => (await load()).listSecrets(options)),
    new Command("stores")
      .description("Show which secrets stores this machine has, and which one acc uses.")
      .option("--json", "print it as one JSON document")
      .addHelpText("after", examples("acc secrets stores", "acc secrets stores --json"))
      .action(async (options) => (await import("../secrets/stores.ts")).listStores(options)),
    new Command("delete")
      .description("Delete a value.")
      .argument("<name>", nameHelp)
      .addOption(unlockOption())
      .addHelpText("after", examples("acc secrets delete groq_api_key"))
      .action(async (name: string, options) => (await load()).deleteSecret(name, options)),
  ];
}
