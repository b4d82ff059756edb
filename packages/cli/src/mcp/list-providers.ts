import type { Availability, ProviderStatus } from "@acc/dual-mode";
import { canBeAsked } from "../doctor/can-be-asked.ts";
import { askedNames } from "../providers.ts";
import type { McpClients } from "./clients.ts";

/** A provider that a call can name. */
export interface Listed {
  readonly name: string;
  /** Whether it can be asked on this machine. */
  readonly open: boolean;
  readonly model?: string;
  /** Other models that it is known to have. */
  readonly models: readonly string[];
  /** Why it cannot be asked. */
  readonly why?: string;
}

/** Lists the providers from the state of this machine only; sends no request. */
export async function listProviders(clients: McpClients): Promise<readonly Listed[]> {
  return Promise.all((await askedNames()).map((name) => lookAt(name, clients)));
}

async function lookAt(name: string, clients: McpClients): Promise<Listed> {
  try {
    const client = await clients.clientOf({ name });
    const [status] = await client.status();
    if (status === undefined) return { name, open: false, models: [], why: "it reports no mode" };
    const { model } = status;
    const models = (client.models ?? []).filter((one) => one !== model);
    const open = canBeAsked(status);
    return { name, open, model, models, ...(!open && { why: lackOf(status) }) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { name, open: false, models: [], why };
  }
}

function lackOf({ cli, sdk }: ProviderStatus): string {
  const reasons = [cli, sdk].flatMap((mode) => reasonOf(mode) ?? []);
  return reasons.length > 0 ? reasons.join(" ") : "there is neither a key nor a login.";
}

function reasonOf(mode: Availability | undefined): string | undefined {
  return mode !== undefined && !mode.available ? mode.reason : undefined;
}
