import { printableLine } from "../../output/printable.ts";
import type { StagedPackage } from "./staged-package.ts";

/**
 * The facts shown to a person before a package is added. All of them are claims of the registry.
 */
export function describePackage({ facts, brings }: StagedPackage): string {
  const { name, version, publisher, published, licence, repository, description } = facts;
  const others = brings.filter((each) => each.name !== name);
  const scripted = brings.filter(({ hasScript }) => hasScript);
  const scripts = Object.entries(facts.scripts).map(([step, line]) => `${step}: ${line}`);
  const day = published === undefined ? "" : `, ${published.slice(0, 10)}`;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["published by", `${publisher}${day}`],
    ["what it is", description],
    ["licence", licence],
    ["source", repository],
    ["deprecated", facts.deprecated],
    ["fetched from", facts.tarball],
    ["checksum", facts.integrity],
    ["built", facts.attested ? "with a signed statement of where" : undefined],
    ["will run", `${facts.entries.join(", ")} when it is asked, with all that you may do`],
    ["commands", listed(facts.commands, "not put on PATH")],
    ["its scripts", listed(scripts, "not run")],
    ["brings", others.map((each) => `${each.name} ${each.version}`).join(", ") || "nothing else"],
    [
      "with scripts",
      listed(
        scripted.map((each) => each.name),
        "not run",
      ),
    ],
  ];
  const shown = rows.flatMap(([title, text]) =>
    text ? [`  ${title.padEnd(12)}  ${printableLine(text)}`] : [],
  );
  return [`${name} ${version}`, ...shown].join("\n");
}

function listed(words: readonly string[], what: string): string | undefined {
  return words.length > 0 ? `${words.join(", ")} (${what})` : undefined;
}
