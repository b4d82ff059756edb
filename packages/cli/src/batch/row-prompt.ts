import type { Command } from "commander";
import { UsageError } from "../failure.ts";
import { inputPlace } from "../templates/parse-template.ts";
import type { BatchFlags } from "./batch-flags.ts";

type Row = Readonly<Record<string, unknown>>;

/** The flags, including those of the template, and the function that makes a row's prompt. */
export interface Unfolded {
  readonly flags: BatchFlags;
  readonly toRequest?: (row: Row) => string;
}

/** Loads the named template, to be filled in with the values of each row. */
export async function unfold(given: BatchFlags, command: Command): Promise<Unfolded> {
  const { template: name, param } = given;
  if (name === undefined) {
    if (param === undefined) return { flags: given };
    throw new UsageError(
      `There is no template for ${param.join(", ")}.`,
      "Name one with -t, or leave the parameter out.",
    );
  }
  const { withTemplate } = await import("../templates/apply-template.ts");
  const { readParams } = await import("../templates/read-params.ts");
  const { fillTemplate } = await import("../templates/fill-template.ts");
  const { readTextFile } = await import("../input/read-text.ts");
  const { options, template } = await withTemplate(given, command);
  const shared = await readParams(options.param ?? [], readTextFile);
  return {
    flags: { ...given, ...options },
    toRequest(row) {
      const own = template.places
        .filter((place) => place !== inputPlace && Object.hasOwn(row, place))
        .map((place) => [place, textOf(row[place])] as const);
      const input = Object.hasOwn(row, inputPlace) ? textOf(row[inputPlace]) : undefined;
      return fillTemplate(name, template, new Map([...shared, ...own]), input);
    },
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
