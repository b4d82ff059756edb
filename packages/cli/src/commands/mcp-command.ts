import { Command, InvalidArgumentError } from "commander";
import type { McpOptions } from "../mcp/mcp-options.ts";
import { examples } from "./examples.ts";

export function mcpCommand(): Command {
  return new Command("mcp")
    .description("Offer models to an agent as a Model Context Protocol server on stdin and stdout.")
    .option("--max-cost <usd>", "the most that all calls of one start may cost", aboveZero)
    .option("--max-calls <count>", "the most calls of one start that ask a vendor", count)
    .option("--root <path>", "a folder whose files may be sent; repeatable", collect)
    .addHelpText(
      "after",
      examples("acc mcp install claude", "acc mcp --max-cost 2", "acc mcp --root ~/notes"),
    )
    .action(async (options: McpOptions, command: Command) => {
      const { serveMcp } = await import("../mcp/serve-mcp.ts");
      await serveMcp(options, command.parent?.version() ?? "");
    })
    .addCommand(installCommand());
}

function installCommand(): Command {
  return new Command("install")
    .description("Register acc mcp with an agent. Shows the entry and asks before it writes it.")
    .argument("<agent>", "claude, gemini, codex or cursor")
    .argument("[flags...]", "flags of acc mcp, after --")
    .option("-y, --yes", "write it without asking")
    .option("--show", "only show it, and write nothing")
    .option("--replace", "replace another server named acc")
    .option("--json", "print what was done as one JSON document")
    .addHelpText(
      "after",
      examples("acc mcp install claude", "acc mcp install codex --yes -- --max-cost 2"),
    )
    .action(async (agent: string, flags: readonly string[], options) => {
      const { installMcp } = await import("../mcp/install/install.ts");
      await installMcp(agent, flags, options);
    });
}

function aboveZero(text: string): number {
  const amount = Number(text);
  if (amount > 0 && amount < Infinity) return amount;
  throw new InvalidArgumentError("Write US dollars as 0.5 or 2.");
}

function count(text: string): number {
  const amount = Number(text);
  if (Number.isSafeInteger(amount) && amount > 0) return amount;
  throw new InvalidArgumentError("Write a whole number above 0.");
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
