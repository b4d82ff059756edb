import { namedProviders } from "../chat/choose-client.ts";
import { fileSettings, resolveSettings } from "../config/resolve-settings.ts";
import { usableServer } from "../through/usable-server.ts";

/** Whether `acc chat` asks through a running `acc serve`. */
export interface ServerReport {
  readonly setting: "auto" | "off";
  /** The process ID of a server that would answer as `acc chat` does by itself. */
  readonly pid?: number;
  /** Why there is no such server. */
  readonly reason?: string;
}

/** Looks for a server without sending it a request. Unreadable settings are reported elsewhere. */
export async function lookForServer(): Promise<ServerReport> {
  try {
    const resolved = await resolveSettings();
    const { server: setting = "off" } = resolved;
    const names = namedProviders(undefined, resolved);
    const found = await usableServer({ names, settings: await fileSettings() });
    if (typeof found === "string") return { setting, reason: found };
    found.lines.end();
    return { setting, pid: found.pid };
  } catch {
    return { setting: "off", reason: "the settings cannot be read" };
  }
}

/** The line for a person; undefined if there is no server and the setting asks for none. */
export function describeServer({ setting, pid, reason }: ServerReport): string | undefined {
  if (setting === "auto") {
    return pid === undefined
      ? `acc chat asks by itself: ${reason}`
      : `acc chat asks through it, process ${pid}`;
  }
  if (pid === undefined) return undefined;
  return `acc chat asks by itself; with ACC_SERVER=auto through it, process ${pid}`;
}
