import { DualModeError } from "../error.ts";
import { firstWords } from "../text/excerpt.ts";
import { proxyAnswer } from "./proxy-answer.ts";
import { tlsFault } from "./tls-fault.ts";
import { unusedProxy } from "./unused-proxy.ts";

const timeoutCodes = /^(ETIMEDOUT|UND_ERR_(HEADERS|BODY|CONNECT)_TIMEOUT)$/;
const connectionCodes =
  /^(ECONN[A-Z]+|ENOTFOUND|EAI_[A-Z]+|EPIPE|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDR[A-Z]+|UND_ERR_(SOCKET|CLOSED|DESTROYED|INFO|RES_[A-Z_]+)|HPE_[A-Z_]+|ERR_PROXY_TUNNEL|ERR_STREAM_PREMATURE_CLOSE)$/;
const sizeCodes = /^(UND_ERR_HEADERS_OVERFLOW|HPE_HEADER_OVERFLOW)$/;
const connectionWords =
  /^(terminated|fetch failed|other side closed|socket hang up|premature close|connection error\.?)$/i;

/**
 * Returns the error for a network failure among the errors of fetch and the SDKs: `NETWORK`, or
 * `TIMEOUT` if a lower layer gave up waiting. A `DualModeError` that an SDK wrapped in its own
 * error is returned as it was. Undefined for anything else, including an abort.
 */
export function networkError(error: unknown): DualModeError | undefined {
  if (DualModeError.is(error)) {
    return undefined;
  }
  const chain = causes(error);
  const coded = chain.find((link) => DualModeError.is(link));
  if (coded !== undefined) return coded;
  const codes = chain.map((link) => text(link, "code"));
  if (codes.some((code) => sizeCodes.test(code))) {
    const said = "The headers of the server's answer are over Node.js's limit.";
    return new DualModeError("OUTPUT_TOO_LARGE", said, { cause: error });
  }
  const timeout = codes.find((code) => timeoutCodes.test(code));
  if (timeout !== undefined || chain.some(isTimeout)) {
    return fault("TIMEOUT", "The server did not answer in time", timeout, error);
  }
  const told = chain.map((link) => ({ code: text(link, "code"), message: text(link, "message") }));
  const known = tlsFault(told, error) ?? proxyAnswer(told, error);
  if (known !== undefined) return known;
  const connection = codes.find((code) => connectionCodes.test(code));
  if (connection !== undefined || chain.some(isConnection)) {
    const here = chain.some((link) => /^(127\.|::1$)/.test(text(link, "address")));
    const proxy = connection === undefined || here ? undefined : unusedProxy();
    return fault("NETWORK", "The connection to the server failed", connection, error, proxy);
  }
  return undefined;
}

function fault(
  code: "NETWORK" | "TIMEOUT",
  what: string,
  why: string | undefined,
  cause: unknown,
  fix = "Check the network, the proxy variables and the base URL.",
): DualModeError {
  const detail = why ?? firstWords(text(cause, "message"), 100);
  return new DualModeError(code, `${what} (${detail}).`, {
    fix,
    cause,
  });
}

/**
 * Returns the error and its causes, up to eight levels deep, including all errors of an
 * `AggregateError`.
 */
function causes(error: unknown, depth = 8): object[] {
  if (typeof error !== "object" || error === null || depth === 0) {
    return [];
  }
  const several: unknown = Reflect.get(error, "errors");
  const below = [Reflect.get(error, "cause"), ...(Array.isArray(several) ? several : [])];
  return [error, ...below.flatMap((cause) => causes(cause, depth - 1))];
}

function isTimeout(link: object): boolean {
  return text(link, "name") === "TimeoutError" || /Timeout(Error)?$/.test(className(link));
}

function isConnection(link: object): boolean {
  return connectionWords.test(text(link, "message")) || /ConnectionError$/.test(className(link));
}

/** The SDKs' error classes all have the name "Error"; only their constructors differ. */
function className(link: object): string {
  return text(Reflect.get(link, "constructor"), "name");
}

function text(link: unknown, member: string): string {
  const bearer = (typeof link === "object" && link !== null) || typeof link === "function";
  const value: unknown = bearer ? Reflect.get(link, member) : undefined;
  return typeof value === "string" ? value : "";
}
