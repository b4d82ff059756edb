import { Command } from "commander";
import { examples } from "./examples.ts";

const load = () => import("../config/show-config.ts");

export function configCommand(): Command {
  const explain = new Command("explain")
    .description("Show each setting, its value and its source.")
    .option("--json", "print it as one JSON document")
    .addHelpText("after", examples("acc config explain", "ACC_PREFER=cli acc config explain"))
    .action(async (options) => (await load()).explainConfig(options));
  const init = new Command("init")
    .description("Write a config file that explains every setting.")
    .addHelpText("after", examples("acc config init"))
    .action(async () => (await load()).initConfig());
  const set = new Command("set")
    .description("Write a setting into the config file, and leave the others as they are.")
    .argument("<setting>", "its name, as acc config explain shows it")
    .argument("<value>", "the new value, written as in its environment variable")
    .option("--json", "print it as one JSON document")
    .addHelpText("after", examples("acc config set log metadata", "acc config set logAge 30d"))
    .action(async (name: string, value: string, options) =>
      (await import("../config/set-setting.ts")).setSetting(name, value, options),
    );
  const unset = new Command("unset")
    .description("Remove a setting from the config file.")
    .argument("<setting>", "its name, as acc config explain shows it")
    .addHelpText("after", examples("acc config unset logAge"))
    .action(async (name: string) => (await import("../config/set-setting.ts")).unsetSetting(name));
  return new Command("config")
    .description("Show and set defaults: provider, chain, model, prefer, only, cache and log.")
    .addHelpText("after", examples("acc config init", "acc config explain"))
    .addCommand(explain, { isDefault: true })
    .addCommand(set)
    .addCommand(unset)
    .addCommand(init);
}

export function modelsCommand(): Command {
  return new Command("models")
    .description("Show the default model, and the models that your key can use.")
    .option("-p, --provider <name>", "only this provider")
    .option("--json", "print it as one JSON document")
    .addHelpText("after", examples("acc models", "acc models --provider claude --json"))
    .action(async (options) => (await import("../models.ts")).showModels(options));
}
