import { parseArgs } from "node:util";
import type { Answers } from "./plan.ts";
import { UsageError } from "./usage-error.ts";

/** The parsed command line. */
export interface Given {
  readonly folder?: string;
  readonly answers: Answers;
  readonly yes: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

export function readArguments(args: readonly string[]): Given {
  const { values, positionals } = parse(args);
  if (positionals.length > 1) {
    throw new UsageError(`one folder at most, not ${positionals.join(" and ")}. Try --help.`);
  }
  const { id, package: name, "base-url": baseUrl, model, key, cli } = values;
  const [folder] = positionals;
  return {
    ...(folder !== undefined && { folder }),
    answers: {
      ...(id !== undefined && { id }),
      ...(name !== undefined && { package: name }),
      ...(baseUrl !== undefined && { baseUrl }),
      ...(model !== undefined && { model }),
      ...(key !== undefined && { key }),
      ...(cli !== undefined && { cli }),
    },
    yes: values.yes ?? false,
    help: values.help ?? false,
    version: values.version ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        id: { type: "string" },
        package: { type: "string" },
        "base-url": { type: "string" },
        model: { type: "string" },
        key: { type: "string" },
        cli: { type: "string" },
        yes: { type: "boolean", short: "y" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error} Try --help.`);
  }
}
