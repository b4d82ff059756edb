import { DualModeError, type KeyOwner, type RunContext, routeKey } from "@acc/dual-mode/provider";

/** Where a request is sent, and with which key. */
export interface Route {
  readonly apiKey: string;
  readonly baseUrl?: string;
  readonly signal: AbortSignal;
  readonly alive: () => void;
}

const owner: KeyOwner = {
  who: "Gemini's SDK",
  env: "GEMINI_API_KEY",
  stored: "google_api_key",
};

export function toRoute(context: RunContext<object>, signal: AbortSignal): Route {
  const { baseUrl } = context;
  const apiKey = routeKey(context, owner);
  const alive = () => context.alive();
  return { apiKey, signal, alive, ...(baseUrl !== undefined && { baseUrl }) };
}

/** @throws {@link DualModeError} `INVALID_REQUEST`: the SDKs write the name into the URL as it is. */
export function checkModel(model: string): void {
  if (/^((models|tunedModels)\/)?[\w.-]+$/.test(model) && !model.includes("..")) return;
  throw new DualModeError("INVALID_REQUEST", `"${model}" is not the name of a Gemini model.`, {
    fix: 'Use a name such as "gemini-2.5-flash".',
  });
}
