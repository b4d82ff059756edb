import type { Availability, ProviderStatus } from "@acc/dual-mode";
import { coloursOf } from "../output/terminal.ts";
import type { Place, Places } from "./check-places.ts";
import type { Finding } from "./finding.ts";
import { hasOpenDoor } from "./open-door.ts";
import type { TriedRoute } from "./try-routes.ts";

/** All that doctor found. */
export interface Report {
  readonly providers: readonly ProviderStatus[];
  readonly secrets: Place;
  readonly cache: Place;
  readonly config: Place;
  readonly findings: readonly Finding[];
  readonly live?: readonly TriedRoute[];
}

/** The report for a person. */
export function describeReport(report: Report): string {
  return [
    ...report.providers.map(describeProvider),
    describePlaces(report),
    ...(report.live ? [["live calls", ...report.live.map(describeRoute)].join("\n")] : []),
    ...(report.findings.length > 0
      ? [["to mend", ...report.findings.flatMap(describeFinding)].join("\n")]
      : []),
  ].join("\n\n");
}

function describeProvider(status: ProviderStatus): string {
  const { bold, green, red } = coloursOf(process.stdout);
  const state = hasOpenDoor(status) ? green("open") : red("closed");
  return [
    `${bold(status.provider)}  ${state}, model ${status.model}`,
    ...(status.cli ? [`  cli  ${door(status.cli)}`] : []),
    ...(status.sdk ? [`  sdk  ${door(status.sdk)}`] : []),
    `  key  ${keyLine(status)}`,
    ...(status.baseUrl ? [`  url  ${status.baseUrl.url} (${status.baseUrl.source})`] : []),
  ].join("\n");
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

function describePlaces({
  secrets,
  cache,
  config,
}: Pick<Places, "secrets" | "cache" | "config">): string {
  return [
    coloursOf(process.stdout).bold("kept on this machine"),
    `  secrets  ${place(secrets)}`,
    `  cache    ${place(cache)}`,
    `  config   ${place(config)}`,
  ].join("\n");
}

function place({ path, exists, permissions, entries, bytes, healthy }: Place): string {
  if (!exists) return `none yet (${path})`;
  const facts = [
    permissions,
    ...(entries === undefined ? [] : [`${entries} kept`]),
    ...(bytes === undefined ? [] : [`${Math.ceil(bytes / 1024)} KiB`]),
    healthy ? "in order" : coloursOf(process.stdout).red("not in order"),
  ];
  return `${path}, ${facts.join(", ")}`;
}

function describeRoute({ provider, mode, credential, code, reason, ms }: TriedRoute): string {
  const { green, red } = coloursOf(process.stdout);
  const end = code === undefined ? green("answered") : red(`${code}: ${reason ?? ""}`);
  return `  ${provider} ${mode} (${credential})  ${end}, ${ms} ms`;
}

function describeFinding({ code, what, fix }: Finding): readonly string[] {
  return [`  ${coloursOf(process.stdout).yellow(code)}  ${what}`, `    → ${fix}`];
}
