import { Command, InvalidArgumentError, Option } from "commander";
import { providerNames } from "../providers/built-in.ts";
import { addCallFlags } from "./call-flags.ts";
import { examples } from "./examples.ts";
import { addRequestFlags, collect, whole } from "./request-flags.ts";
import { unlockOption } from "./unlock-option.ts";

export function batchCommand(): Command {
  const command = new Command("batch")
    .description("Answer every line of a file. After a kill, start it again and it continues.")
    .argument("[input]", "JSONL with a prompt or a request per line, or CSV with a column prompt")
    .option("-o, --output <path>", "where to write the answers, one per line: JSONL or CSV")
    .addOption(
      new Option(
        "-p, --provider <names>",
        `the provider, or several to try in order, separated by commas: ${providerNames.join(", ")} or another of acc providers list (default: the first that is available)`,
      ).argParser((text) => text.split(",").map((name) => name.trim())),
    )
    .option("-m, --model <model>", "the model for lines that name none")
    .option("-t, --template <name>", "make each prompt from a template, with the line's values")
    .option("--param <name=value>", "a value for the template on every line; repeatable", collect)
    .option("--failures <path>", "where to write failed lines (default: OUTPUT.failed.jsonl)")
    .option("--retry-failed", "ask again for lines that failed")
    .option("--max-cost <dollars>", "stop before the batch costs more, over all its runs", dollars)
    .option("--concurrency <number>", "lines in progress at once", whole(1), 64)
    .option(
      "--vendor-batch",
      "use the vendor's batch API: half the price, within a day; needs a key",
    )
    .option(
      "--poll <seconds>",
      "the shortest time between checks of a vendor's batch",
      whole(1),
      60,
    )
    .option("--cancel", "cancel the batch at the vendor, and keep the answers so far")
    .option("--queue <url>", "let workers ask, through a queue in this Redis: redis://HOST:6379");
  addCallFlags(addRequestFlags(command))
    .option("--json", "print the result as one JSON document")
    .addHelpText(
      "after",
      examples(
        "acc batch in.jsonl -o out.jsonl",
        "acc batch people.csv -o letters.csv -t letter -p claude",
        "acc batch in.jsonl -o out.jsonl --max-tokens 500 --max-cost 5",
        "acc batch in.jsonl -o out.jsonl --retry-failed",
        "acc batch in.jsonl -o out.jsonl -p claude --vendor-batch",
      ),
    )
    .action(async (input: string | undefined, options, chosen: Command) => {
      await (await import("../batch/batch.ts")).batch(input, options, chosen);
    });
  return command.addCommand(workerCommand());
}

function workerCommand(): Command {
  return new Command("worker")
    .description("Take lines of batches from a queue and answer them with this machine's keys.")
    .option("--queue <url>", "the Redis with the queue: redis://HOST:6379")
    .option("--concurrency <number>", "lines in progress at once", whole(1), 64)
    .option("--own", "the batches are mine: they may also use this machine's logins")
    .addOption(unlockOption())
    .addHelpText("after", examples("acc batch worker --queue redis://10.0.0.5:6379"))
    .action(async (_, command: Command) => {
      await (await import("../batch/worker.ts")).work(command.optsWithGlobals());
    });
}

function dollars(text: string): number {
  const amount = Number(text.replace(/^\$/, ""));
  if (text.trim() !== "" && amount > 0 && amount < Number.POSITIVE_INFINITY) return amount;
  throw new InvalidArgumentError("It is a number of US dollars: 5, or 0.50.");
}
