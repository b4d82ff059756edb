import { hasOpenDoor } from "./doctor/open-door.ts";
import { coloursOf, print } from "./output/terminal.ts";
import { createProvider, providerNames } from "./providers.ts";

/** What to do next on this machine: ask, or open a door first. */
export async function showNextStep(): Promise<void> {
  const clients = await Promise.all(providerNames.map((name) => createProvider(name, {})));
  const statuses = (await Promise.all(clients.map((client) => client.status()))).flat();
  const open = statuses.filter((status) => hasOpenDoor(status)).map(({ provider }) => provider);
  const { bold } = coloursOf(process.stdout);
  const lines =
    open.length > 0
      ? [
          `${open.join(", ")} ${open.length === 1 ? "is" : "are"} ready. Next:`,
          "",
          `  ${bold('acc chat "Explain TypeScript decorators"')}`,
          `  ${bold("acc chat -i")}                a conversation`,
        ]
      : [
          "No provider is ready on this machine. Open one door:",
          "",
          ...statuses.flatMap(({ credential }) =>
            credential ? [`  ${bold(`acc secrets set ${credential.name}`)}`] : [],
          ),
        ];
  print(
    [
      ...lines,
      `  ${bold("acc doctor")}                 what this machine has, and what is missing`,
      `  ${bold("acc --help")}                 every command`,
    ].join("\n"),
  );
}
