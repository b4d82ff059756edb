import { canBeAsked } from "./doctor/can-be-asked.ts";
import { lookAtAll, type ProviderReport } from "./doctor/look-at-provider.ts";
import { coloursOf, print } from "./output/terminal.ts";

/** Shows what to do next on this machine: ask, or make a provider ready first. */
export async function showNextStep(): Promise<void> {
  const statuses = await lookAtAll();
  const { bold } = coloursOf(process.stdout);
  print(
    [
      ...firstLines(statuses),
      `  ${bold("acc doctor")}                 what this machine has, and what is missing`,
      `  ${bold("acc --help")}                 every command`,
    ].join("\n"),
  );
}

function firstLines(statuses: readonly ProviderReport[]): readonly string[] {
  const { bold } = coloursOf(process.stdout);
  const open = statuses.filter((status) => canBeAsked(status)).map(({ provider }) => provider);
  if (open.length > 0) {
    return [
      `${open.join(", ")} ${open.length === 1 ? "is" : "are"} ready. Next:`,
      "",
      `  ${bold('acc chat "Explain TypeScript decorators"')}`,
      `  ${bold("acc chat -i")}                a conversation`,
    ];
  }
  if (statuses.some(isBlocked)) {
    return ["No provider is ready on this machine: something must be fixed first. See what:", ""];
  }
  return [
    "No provider is ready on this machine. Make one ready:",
    "",
    ...statuses.flatMap(({ credential }) =>
      credential ? [`  ${bold(`acc secrets set ${credential.name}`)}`] : [],
    ),
  ];
}

/**
 * Whether a provider has a fault, or a variable with a key that is not used. Another key would not
 * help then.
 */
function isBlocked({ fault, keys, credential }: ProviderReport): boolean {
  const isSet = credential?.env.some((name) => process.env[name]) === true;
  return fault !== undefined || (keys.length === 0 && isSet);
}
