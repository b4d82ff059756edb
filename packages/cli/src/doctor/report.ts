import type { Availability } from "@acc/dual-mode";
import type { FolderLimit } from "@acc/secrets";
import { coloursOf } from "../output/terminal.ts";
import { canBeAsked } from "./can-be-asked.ts";
import type { Place, Places } from "./check-places.ts";
import type { Finding } from "./finding.ts";
import type { ProviderReport } from "./look-at-provider.ts";
import { describeServer, type ServerReport } from "./look-for-server.ts";
import { newerThanTried } from "./tried-versions.ts";
import type { TriedRoute } from "./try-routes.ts";
import { describeWaiting, waitingProcesses } from "./waiting-processes.ts";

/** Everything that `acc doctor` found. */
export interface Report {
  readonly providers: readonly ProviderReport[];
  readonly secrets: Place;
  readonly cache: Place;
  readonly config: Place;
  readonly server: ServerReport;
  readonly findings: readonly Finding[];
  readonly live?: readonly TriedRoute[];
}

/** The report for a person. */
export function describeReport(report: Report): string {
  return [
    ...report.providers.map((status) => describeProvider(status, report.secrets)),
    describePlaces(report),
    ...serverLines(report.server),
    ...(report.live ? [["live calls", ...report.live.map(describeRoute)].join("\n")] : []),
    ...(report.findings.length > 0
      ? [["to fix", ...report.findings.flatMap(describeFinding)].join("\n")]
      : []),
  ].join("\n\n");
}

function describeProvider(status: ProviderReport, secrets: Place): string {
  const { bold, green, red } = coloursOf(process.stdout);
  const state = canBeAsked(status) ? green("ready") : red("not ready");
  const { provider, model, fault, cli, sdk, baseUrl } = status;
  const waiting = waitingProcesses(status);
  if (fault) return `${bold(provider)}  ${state}: ${fault.code}, see below`;
  return [
    `${bold(provider)}  ${state}, ${model ? `model ${model}` : "no model by default"}`,
    ...(cli ? [`  cli  ${availabilityOf(cli, provider)}`] : []),
    ...(waiting ? [`       ${describeWaiting(waiting)}`] : []),
    ...(sdk ? [`  sdk  ${availabilityOf(sdk)}`] : []),
    `  key  ${keyLine(status, secrets)}`,
    ...(baseUrl ? [`  url  ${baseUrl.url} (${baseUrl.source})`] : []),
  ].join("\n");
}

function availabilityOf(availability: Availability, provider = ""): string {
  if (!availability.available) return `${availability.reason}\n       → ${availability.fix}`;
  const { command, version, login } = availability;
  const state = login === undefined ? [] : [login ? "logged in" : "not logged in"];
  const told = version ? [version, ...newerThanTried(provider, version)] : [];
  return [command ?? "ready", ...told, ...state].join(", ");
}

function keyLine(
  { keys, refusedKeys = [], credential, keyless = [] }: ProviderReport,
  secrets: Place,
): string {
  if (keys.length > 0) return keys.map(({ source }) => source).join(", ");
  if (refusedKeys.length > 0) return refusedKeys.map(({ reason }) => reason).join(" ");
  if (credential === undefined || keyless.length > 0) return "none needed";
  const { name, env } = credential;
  if (secrets.healthy) return `none\n       → Set ${env[0]}, or run: acc secrets set ${name}`;
  const unused = env.find((variable) => process.env[variable]);
  return `none: the secrets store cannot be read${unused ? `, so ${unused} is not used` : ""}`;
}

function describePlaces({
  secrets,
  cache,
  config,
}: Pick<Places, "secrets" | "cache" | "config">): string {
  return [
    coloursOf(process.stdout).bold("files on this machine"),
    `  secrets  ${place(secrets)}`,
    `  cache    ${place(cache)}`,
    `  config   ${place(config)}`,
  ].join("\n");
}

function serverLines(server: ServerReport): readonly string[] {
  const line = describeServer(server);
  return line === undefined ? [] : [`${coloursOf(process.stdout).bold("acc serve")}\n  ${line}`];
}

/** The consequence of each feature that the file system lacks. */
const withoutIt: Readonly<Record<FolderLimit, string>> = {
  links: "no hard links here, so backups are copied",
  "folder-sync": "the folder cannot be synced here, so a power failure may undo the last write",
  locks: "no kernel locks here, so only the owner's record keeps other writers out",
};

function place({ path, exists, permissions, entries, bytes, healthy, limits }: Place): string {
  if (!exists && healthy) return `none yet (${path})`;
  const facts = [
    ...(permissions === undefined ? [] : [permissions]),
    ...(entries === undefined ? [] : [`${entries} entries`]),
    ...(bytes === undefined ? [] : [`${Math.ceil(bytes / 1024)} KiB`]),
    healthy ? "ok" : coloursOf(process.stdout).red("damaged or unsafe"),
    ...(limits ?? []).map((limit) => withoutIt[limit]),
  ];
  return `${path}, ${facts.join(", ")}`;
}

function describeRoute({ provider, mode, credential, ms, ...end }: TriedRoute): string {
  const { green, red } = coloursOf(process.stdout);
  const route = `  ${provider} ${mode} (${credential})`;
  if (end.code === undefined) return `${route}  ${green("answered")}, ${ms} ms`;
  const fix = end.fix ? `\n    → ${end.fix}` : "";
  return `${route}  ${red(`${end.code}: ${end.reason ?? ""}`)}, ${ms} ms${fix}`;
}

function describeFinding({ code, what, fix }: Finding): readonly string[] {
  return [`  ${coloursOf(process.stdout).yellow(code)}  ${what}`, `    → ${fix}`];
}
