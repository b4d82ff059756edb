import { Command } from "commander";
import { batchCommand } from "./commands/batch-command.ts";
import { cacheCommand } from "./commands/cache-command.ts";
import { chatCommand } from "./commands/chat-command.ts";
import { configCommand, modelsCommand } from "./commands/config-command.ts";
import { doctorCommand } from "./commands/doctor-command.ts";
import { examples } from "./commands/examples.ts";
import { logCommand } from "./commands/log-command.ts";
import { mcpCommand } from "./commands/mcp-command.ts";
import { providersCommand } from "./commands/providers-command.ts";
import { runCommand } from "./commands/run-command.ts";
import { secretsCommand } from "./commands/secrets-command.ts";
import { serveCommand } from "./commands/serve-command.ts";
import { templatesCommand } from "./commands/templates-command.ts";
import { setQuiet, write } from "./output/terminal.ts";

const commands: ReadonlyMap<string, () => Command> = new Map([
  ["chat", chatCommand],
  ["doctor", doctorCommand],
  ["secrets", secretsCommand],
  ["cache", cacheCommand],
  ["models", modelsCommand],
  ["providers", providersCommand],
  ["config", configCommand],
  ["serve", serveCommand],
  ["run", runCommand],
  ["mcp", mcpCommand],
  ["batch", batchCommand],
  ["templates", templatesCommand],
  ["log", logCommand],
]);

/**
 * Creates the command line, without the code of its commands, which is loaded when one is used. If
 * `word` is a command, the others are left out: making them all takes as long as parsing.
 */
export function createProgram(version: string, word = ""): Command {
  const wanted = commands.get(word);
  const program = bareProgram(version);
  for (const make of wanted ? [wanted] : commands.values()) program.addCommand(make());
  return program;
}

function bareProgram(version: string): Command {
  return new Command("acc")
    .description("Ask language models through their own CLI or their SDK.")
    .version(version)
    .option("-q, --quiet", "no notes on stderr, only errors")
    .option("--no-color", "no colours; NO_COLOR does the same")
    .showSuggestionAfterError()
    .configureHelp({ minWidthToWrap: 10 })
    .exitOverride()
    .configureOutput({
      outputError: () => {},
      writeOut: (text) => write(process.stdout, text),
    })
    .hook("preAction", (program) => {
      setQuiet(program.opts<{ quiet?: boolean }>().quiet ?? false);
    })
    .addHelpText(
      "after",
      examples(
        'acc chat "Explain TypeScript decorators"',
        "acc doctor",
        "acc secrets set anthropic_api_key",
        "source <(acc complete bash)    # or zsh, fish, powershell",
      ),
    );
}
