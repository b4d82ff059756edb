import { Command } from "commander";
import { examples } from "./examples.ts";
import { unlockOption } from "./unlock-option.ts";

/** Commands about the store itself. */
export function upkeepCommands(): readonly Command[] {
  return [keysCommand(), recoverCommand(), auditCommand(), rolesCommand()];
}

function keysCommand(): Command {
  const load = () => import("../secrets/keys.ts");
  const list = new Command("list")
    .description("Show the keys that open the store; these are not API keys.")
    .option("--json", "print it as one JSON document")
    .addOption(unlockOption())
    .addHelpText("after", examples("acc secrets keys list", "acc secrets keys list --json"))
    .action(async (options) => (await load()).listKeys(options));
  const add = new Command("add")
    .description("Add a key that opens the store.")
    .argument("<provider>", "env, passphrase, keychain, file:PATH, or aws-kms or vault-transit")
    .addOption(unlockOption())
    .addHelpText(
      "after",
      examples("acc secrets keys add passphrase", "acc secrets keys add file:/media/stick/acc.key"),
    )
    .action(async (word: string, options) => (await load()).addKey(word, options));
  const remove = new Command("remove")
    .description("Remove a key of the store, and change the data key.")
    .argument("<id>", "the key's id, as `keys list` shows it")
    .addOption(unlockOption())
    .addHelpText(
      "after",
      examples(
        "acc secrets keys list    # shows the ids",
        "acc secrets keys remove 1f0c… --unlock passphrase",
      ),
    )
    .action(async (id: string, options) => (await load()).removeKey(id, options));
  return new Command("keys")
    .description("Manage the keys that open the store. For API keys, use acc secrets set.")
    .addHelpText("after", examples("acc secrets keys list", "acc secrets keys add passphrase"))
    .addCommand(list)
    .addCommand(add)
    .addCommand(remove);
}

function recoverCommand(): Command {
  return new Command("recover")
    .description("Restore the last good store; the damaged one is renamed.")
    .option("--reset", "rename the store and start an empty one instead")
    .addHelpText("after", examples("acc secrets recover", "acc secrets recover --reset"))
    .action(async (options) => (await import("../secrets/upkeep.ts")).recoverStore(options));
}

function auditCommand(): Command {
  return new Command("audit")
    .description("Show what was done with the store, and verify these lines.")
    .option("--json", "print it as one JSON document")
    .addOption(unlockOption())
    .addHelpText("after", examples("acc secrets audit", "acc secrets audit --json"))
    .action(async (options) => (await import("../secrets/audit.ts")).auditStore(options));
}

function rolesCommand(): Command {
  const load = () => import("../secrets/upkeep.ts");
  const list = new Command("list")
    .description("Show what each role may do.")
    .option("--json", "print it as one JSON document")
    .addOption(unlockOption())
    .addHelpText("after", examples("acc secrets roles list", "acc secrets roles list --json"))
    .action(async (options) => (await load()).listRoles(options));
  const set = new Command("set")
    .description("Replace the rules of a role.")
    .argument("<role>", "the role's name")
    .argument("<file>", 'a JSON list such as [{ "verbs": ["read"], "names": ["groq_*"] }]')
    .addOption(unlockOption())
    .addHelpText("after", examples("acc secrets roles set ci ci-rules.json"))
    .action(async (role: string, file: string, options) =>
      (await load()).setRole(role, file, options),
    );
  const remove = new Command("remove")
    .description("Remove all rules of a role.")
    .argument("<role>", "the role's name")
    .addOption(unlockOption())
    .addHelpText("after", examples("acc secrets roles remove ci"))
    .action(async (role: string, options) => (await load()).removeRole(role, options));
  return new Command("roles")
    .description("Manage what roles may do with the store, for programs that open it.")
    .addHelpText(
      "after",
      examples("acc secrets roles list", "acc secrets roles set ci ci-rules.json"),
    )
    .addCommand(list)
    .addCommand(set)
    .addCommand(remove);
}
