import type { Availability, ProviderStatus } from "@acc/dual-mode";
import { hasOpenDoor } from "../open-door.ts";
import { createProvider, providerNames } from "../providers.ts";

/** Shows each provider's doors. Sets exit code 1 where none is open. */
export async function doctor({ json }: { readonly json?: boolean }): Promise<void> {
  const clients = await Promise.all(providerNames.map((name) => createProvider(name, {})));
  const statuses = (await Promise.all(clients.map((client) => client.status()))).flat();
  if (json) process.stdout.write(`${JSON.stringify({ providers: statuses }, null, 2)}\n`);
  else process.stdout.write(`${statuses.map(describe).join("\n\n")}\n`);
  if (!statuses.some(hasOpenDoor)) process.exitCode = 1;
}

function describe(status: ProviderStatus): string {
  const lines = [
    `${status.provider}  ${hasOpenDoor(status) ? "open" : "closed"}, model ${status.model}`,
    ...(status.cli ? [`  cli  ${door(status.cli)}`] : []),
    ...(status.sdk ? [`  sdk  ${door(status.sdk)}`] : []),
    `  key  ${keyLine(status)}`,
    ...(status.baseUrl ? [`  url  ${status.baseUrl.url} (${status.baseUrl.source})`] : []),
  ];
  return lines.join("\n");
}

function door(availability: Availability): string {
  if (!availability.available) return `${availability.reason}\n       → ${availability.fix}`;
  const { command, version, login } = availability;
  const state = login === undefined ? [] : [login ? "logged in" : "not logged in"];
  return [command ?? "ready", ...(version ? [version] : []), ...state].join(", ");
}

function keyLine({ keys, credential }: ProviderStatus): string {
  if (keys.length > 0) return keys.map(({ source }) => source).join(", ");
  if (credential === undefined) return "none needed";
  return `none\n       → Set ${credential.env[0]}, or run: acc secrets set ${credential.name}`;
}
