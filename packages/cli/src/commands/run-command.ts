import { Command } from "commander";
import { examples } from "./examples.ts";

export function runCommand(): Command {
  return new Command("run")
    .description("Run a program, and send its calls to OpenAI and Anthropic through acc.")
    .argument("<command...>", "the command, after --")
    .addHelpText("after", examples("acc run -- python app.py", "acc run -- claude"))
    .action(async (command: string[]) => {
      const { runThroughServer } = await import("../run/run.ts");
      await runThroughServer(command);
    });
}
