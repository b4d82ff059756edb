import { Command, InvalidArgumentError } from "commander";
import { parseDuration } from "../input/duration.ts";
import { examples } from "./examples.ts";
import { addRedis, allOptions, countFrom } from "./serve-flags.ts";

const load = () => import("../serve/keys.ts");

/** Commands about the keys of a server. */
export function serveKeysCommand(): Command {
  return new Command("keys")
    .description("Create, show and revoke keys for programs and people.")
    .addHelpText(
      "after",
      examples("acc serve keys add ci --rpm 60 --budget-usd 5/day", "acc serve keys list"),
    )
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand());
}

function addCommand(): Command {
  return addRedis(new Command("add"))
    .description("Create a key and print it once: only its hash is stored.")
    .argument("<name>", "a name for it")
    .option(
      "--tenant <name>",
      "keys of one tenant share cached answers (default: a tenant of its own)",
    )
    .option(
      "--models <names>",
      "the models that it may use, separated by commas: claude/*,fast",
      parseList,
    )
    .option("--rpm <number>", "calls per minute", countFrom(1))
    .option("--tpm <number>", "tokens per minute", countFrom(1))
    .option("--budget-usd <amount/period>", "US dollars: 5/day, 100/month", parseBudget)
    .option("--expires <time>", "when it ends: 30d, or 2027-01-31", parseEnd)
    .option("--json", "print it as one JSON document")
    .addHelpText(
      "after",
      examples(
        "acc serve keys add ci --rpm 60 --tpm 100000 --budget-usd 5/day",
        "acc serve keys add editor --models 'claude/*,fast' --expires 90d",
      ),
    )
    .action(async (name: string, _, command) =>
      (await load()).addServerKey(name, allOptions(command)),
    );
}

function listCommand(): Command {
  return addRedis(new Command("list"))
    .description("Show the keys, without the secret part.")
    .option("--json", "print them as one JSON document")
    .addHelpText("after", examples("acc serve keys list", "acc serve keys list --json"))
    .action(async (_, command) => (await load()).listServerKeys(allOptions(command)));
}

function revokeCommand(): Command {
  return addRedis(new Command("revoke"))
    .description("Revoke a key; a running server refuses it at once.")
    .argument("<name>", "its name, as `keys list` shows it")
    .addHelpText("after", examples("acc serve keys revoke ci"))
    .action(async (name: string, _, command) =>
      (await load()).revokeServerKey(name, allOptions(command)),
    );
}

function parseList(text: string): readonly string[] {
  return text.split(",").map((name) => name.trim());
}

function parseBudget(text: string): { readonly usd: number; readonly per: "day" | "month" } {
  const [, amount, per] = /^\$?(\d+(?:\.\d+)?) ?(?:\/|per) ?(day|month)$/.exec(text) ?? [];
  const usd = Number(amount);
  if (usd > 0 && (per === "day" || per === "month")) return { usd, per };
  throw new InvalidArgumentError("Write it as 5/day or 100/month.");
}

/** Parses a duration from now, or a day, which ends in UTC. Returns ms since the epoch. */
function parseEnd(text: string): number {
  const isDate = /^\d{4}-\d\d-\d\d$/.test(text);
  const end = isDate ? Date.parse(`${text}T23:59:59.999Z`) : Date.now() + parseDuration(text);
  if (end > Date.now()) return Math.round(end);
  throw new InvalidArgumentError("Write it as 30d, or as a future day: 2027-01-31.");
}
