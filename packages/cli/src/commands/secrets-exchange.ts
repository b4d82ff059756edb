import { Command } from "commander";
import { parseDuration } from "../input/duration.ts";
import { examples } from "./examples.ts";
import { unlockOption } from "./unlock-option.ts";

/** The commands that replace, import and hand out values. */
export function exchangeCommands(): readonly Command[] {
  return [rotateCommand(), importCommand(), exportCommand(), execCommand()];
}

function rotateCommand(): Command {
  return new Command("rotate")
    .description("Give a name a new value, test it at the vendor, then revoke the old one.")
    .argument("<name>", "the secret's name")
    .option("--create-command <line>", "prints the new value; run without a shell")
    .option("--revoke-command <line>", "gets the old value on stdin; run without a shell")
    .option("--overlap <time>", "how long the old value stays valid: 1h, 7d", parseDuration)
    .option("--restart", "give up a rotation that was started")
    .option("--no-test", "do not call the provider with the new value")
    .option("--json", "print the result as one JSON document")
    .addOption(unlockOption())
    .addHelpText(
      "after",
      examples(
        "acc secrets rotate groq_api_key",
        'acc secrets rotate groq_api_key --create-command "./new-key" --revoke-command "./revoke-key"',
      ),
    )
    .action(async (name: string, options) => {
      const { rotateSecret } = await import("../secrets/rotate.ts");
      await rotateSecret(name, options);
    });
}

function importCommand(): Command {
  return new Command("import")
    .description("Copy values from elsewhere; existing ones are not replaced.")
    .option("--env <file>", "a .env file: values that look like credentials")
    .option("--all", "with --env: every value")
    .option("--original [file]", "the store of the Python original")
    .option("--plain-text", "with --original: that store was made without encryption")
    .option("--keychain [service]", "the OS keychain")
    .option("--json", "print what was done as one JSON document")
    .addOption(unlockOption())
    .addHelpText(
      "after",
      examples("acc secrets import --env .env", "acc secrets import --original"),
    )
    .action(async (options) => {
      const { importSecrets } = await import("../secrets/import.ts");
      await importSecrets(options);
    });
}

function exportCommand(): Command {
  return new Command("export")
    .description("Print every value as lines of a .env file.")
    .option("--reveal", "confirm that the values are printed")
    .option("--json", "print them as one JSON document")
    .addOption(unlockOption())
    .addHelpText("after", examples("acc secrets export --reveal > .env"))
    .action(async (options) => {
      const { exportSecrets } = await import("../secrets/keep.ts");
      await exportSecrets(options);
    });
}

function execCommand(): Command {
  return new Command("exec")
    .description("Run a command with chosen secrets in its environment, without the store's key.")
    .argument("<command...>", "the command, after --")
    .option("-s, --secret <name[=VARIABLE]>", "a secret to pass; repeatable", collect)
    .addOption(unlockOption())
    .addHelpText(
      "after",
      examples(
        "acc secrets exec --secret groq_api_key -- ./deploy --now",
        "acc secrets exec -s groq_api_key=API_KEY -- node server.js",
      ),
    )
    .action(async (command: string[], options) => {
      const { execWithSecrets } = await import("../secrets/exec.ts");
      await execWithSecrets(command, options);
    });
}

function collect(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}
