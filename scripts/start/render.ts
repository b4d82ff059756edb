import type { Availability, ProviderStatus } from "@acc/dual-mode";
import type { Demo, DemoCall } from "./demo.ts";
import type { TimedCall } from "./timed-call.ts";

/** The demonstration as a person reads it. */
export function renderDemo(demo: Demo): string {
  const { fallback } = demo;
  return [
    "acc: one call to a language model, through its CLI or its SDK, whichever is there.",
    demo.offline
      ? "This run is offline: a server on loopback plays the vendors, and nobody pays. (--live uses your keys and logins.)"
      : "This run is live: the vendors are asked, and whoever holds the key or the login pays.",
    "",
    "Modes on this machine",
    ...demo.providers.flatMap(renderProvider),
    "",
    `Calls: "${demo.prompt}"`,
    ...(demo.calls.length > 0
      ? demo.calls.flatMap(renderCall)
      : ["  none: there is neither a key nor a login"]),
    "",
    "A vendor that answers 529 (on loopback), and the other mode",
    ...fallback.attempts.map(
      ({ provider, mode, code, ms }, index) =>
        `  ${index + 1}. ${provider} ${mode}: ${code ?? "answered"}, ${ms} ms`,
    ),
    `  → "${shorten(fallback.text)}" through the ${fallback.mode}, fallback: ${fallback.fallback}, ${fallback.ms} ms in all`,
    "",
  ].join("\n");
}

function renderProvider({ provider, cli, sdk, keys }: ProviderStatus): readonly string[] {
  const key = keys[0] === undefined ? "no key" : `key from ${keys[0].source}`;
  return [
    `  ${provider.padEnd(7)} cli  ${cli === undefined ? "none" : renderMode(cli)}`,
    `  ${"".padEnd(7)} sdk  ${sdk === undefined ? "none" : `${renderMode(sdk)}, ${key}`}`,
  ];
}

function renderMode(mode: Availability): string {
  if (!mode.available) return `${mode.reason} → ${mode.fix}`;
  return [mode.command ?? "ready", ...(mode.version ? [mode.version] : [])].join(" ");
}

function renderCall({ provider, mode, first, second }: DemoCall): readonly string[] {
  const head = `  ${provider.padEnd(7)} ${mode}  `;
  if (first.error !== undefined) return [`${head}${first.error.code} after ${first.ms} ms`];
  return [
    `${head}${String(first.ms).padStart(7)} ms  "${shorten(first.text ?? "")}"`,
    ...(second === undefined ? [] : [`${" ".repeat(head.length)}${renderAgain(second)}`]),
  ];
}

function renderAgain(call: TimedCall): string {
  return `${String(call.ms).padStart(7)} ms  again, ${call.cached ? "from the cache" : "not from the cache"}`;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
