import { untilInterrupted } from "../interrupt.ts";
import { print, printJson, widthOf } from "../output/terminal.ts";
import { canBeAsked } from "./can-be-asked.ts";
import { checkPlaces } from "./check-places.ts";
import { lookAtAll, type ProviderReport } from "./look-at-provider.ts";
import { lookForServer } from "./look-for-server.ts";
import { describeReport, type Report } from "./report.ts";
import { strayVariables } from "./stray-variables.ts";
import { failedCalls, tryRoutes } from "./try-routes.ts";
import { waitingProcesses } from "./waiting-processes.ts";
import { wrapLines } from "./wrap-lines.ts";

/**
 * Shows the state of this machine and a fix for each fault. Sets exit code 1 if no call can be
 * answered.
 */
export async function doctor(options: {
  readonly json?: boolean;
  readonly live?: boolean;
}): Promise<void> {
  const places = await checkPlaces();
  const providers = await lookAtAll();
  const { findings, ...kept } = places;
  const live = options.live && (await untilInterrupted((signal) => tryRoutes(providers, signal)));
  const report: Report = {
    providers,
    ...kept,
    server: await lookForServer(),
    findings: [
      ...providers.flatMap(({ fault }) => fault ?? []),
      ...findings,
      ...strayVariables(providers),
    ],
    ...(live && { live }),
  };
  // The text report shows the fix of a live call next to that call.
  if (options.json) {
    printJson({
      ...report,
      providers: providers.map(withWaiting),
      findings: [...report.findings, ...failedCalls(live || [])],
    });
  } else print(wrapLines(describeReport(report), widthOf(process.stdout)));
  if (!canCall(report)) process.exitCode = 1;
}

function withWaiting(status: ProviderReport): object {
  const waits = waitingProcesses(status);
  return { ...status, ...(waits && { waits }) };
}

/** Whether any call can be answered; if the settings cannot be read, none can. */
function canCall({ providers, config, live = [] }: Report): boolean {
  const someOpen = providers.some((status) => canBeAsked(status));
  const noneAnswered = live.length > 0 && live.every(({ code }) => code !== undefined);
  return config.healthy && someOpen && !noneAnswered;
}
