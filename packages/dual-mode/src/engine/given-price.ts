import type { PriceFunction } from "../contract/client.ts";
import type { EventBody } from "../contract/client-event.ts";
import type { Usage } from "../contract/part.ts";
import { foreignText } from "../text/foreign-text.ts";

/** Returns the cost by the caller's function; undefined, with an event, if the function fails. */
export function givenPrice(
  prices: PriceFunction,
  usage: Usage,
  { model, provider }: { readonly model: string; readonly provider: string },
  report: (event: EventBody) => void,
): number | undefined {
  const log = (what: string) => {
    const message = `The function prices ${what}: the reply has no cost.`;
    report({ type: "log", message, details: { model, provider } });
  };
  try {
    const given: unknown = prices({ ...usage }, model, provider);
    if (given === undefined || isPrice(given)) return given;
    if (given instanceof Promise) given.catch(() => {});
    log(`gave ${given instanceof Promise ? "a promise" : foreignText(String(given))}`);
  } catch (error) {
    log(`threw ${foreignText(error instanceof Error ? error.message : String(error))}`);
  }
  return undefined;
}

function isPrice(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
