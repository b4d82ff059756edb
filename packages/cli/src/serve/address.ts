import { hostname, networkInterfaces } from "node:os";
import { UsageError } from "../failure.ts";
import type { AddressOptions } from "./serve-options.ts";

/** Whether only programs on this machine can reach the host. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|\[?::1\]?|127(\.\d{1,3}){3})$/i.test(host);
}

/** The origin at which programs on this machine reach the server. */
export function originOf({ host, port }: AddressOptions): string {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  const reached = isEveryAddress(bare) ? "127.0.0.1" : bare;
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}`;
}

/**
 * The hosts by which other machines may reach the server. Its addresses are safe from DNS
 * rebinding, since they are not names.
 */
export function ownHosts({ host }: AddressOptions): readonly string[] {
  if (isLoopbackHost(host)) return [];
  if (!isEveryAddress(host)) return [bracketed(host)];
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return [hostname(), ...addresses.map(({ address }) => bracketed(address))];
}

/** @throws UsageError if other machines could reach the server and that was not allowed */
export function checkRemote(host: string, allowRemote = false): void {
  if (isLoopbackHost(host) || allowRemote) return;
  throw new UsageError(
    `At ${host} other machines reach the server.`,
    "If that is meant: --allow-remote. The owner's token is refused there; make keys: acc serve keys add NAME",
  );
}

function isEveryAddress(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
