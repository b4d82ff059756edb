import { untilInterrupted } from "../interrupt.ts";
import { print, printJson } from "../output/terminal.ts";
import { createProvider, providerNames } from "../providers.ts";
import { checkPlaces } from "./check-places.ts";
import { hasOpenDoor } from "./open-door.ts";
import { describeReport, type Report } from "./report.ts";
import { strayVariables } from "./stray-variables.ts";
import { tryRoutes } from "./try-routes.ts";

/** Shows what this machine has, and a fix for each fault. Sets exit code 1 where no door is open. */
export async function doctor(options: {
  readonly json?: boolean;
  readonly live?: boolean;
}): Promise<void> {
  // The places first: to ask for a key opens the store, and a damaged one is a finding, not the end.
  const places = await checkPlaces();
  const secrets = places.secrets.healthy ? {} : ({ secrets: false } as const);
  const clients = await Promise.all(providerNames.map((name) => createProvider(name, secrets)));
  const providers = (await Promise.all(clients.map((client) => client.status()))).flat();
  await Promise.all(clients.map((client) => client.close()));
  const { findings, ...kept } = places;
  const live = options.live && (await untilInterrupted((signal) => tryRoutes(providers, signal)));
  const report: Report = {
    providers,
    ...kept,
    findings: [...findings, ...strayVariables(providers)],
    ...(live && { live }),
  };
  if (options.json) printJson(report);
  else print(describeReport(report));
  if (!providers.some((status) => hasOpenDoor(status))) process.exitCode = 1;
}
