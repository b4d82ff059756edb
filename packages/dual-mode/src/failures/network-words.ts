import type { FailureRow } from "./failure-row.ts";

/** A CLI reports a network failure only in words, whereas an API's refusal has a status. */
const unsaid: readonly number[] = [];

const expired = "Have the certificate renewed; if it is new, set the clock of this machine.";
const unknown = "Behind a proxy of your own, set NODE_EXTRA_CA_CERTS to its certificate.";
const tunnel = "Look at HTTPS_PROXY: its address, its user, and what it lets through.";

/** A certificate that was refused once will be refused again. */
const certificate = (words: string, fix: string): FailureRow => ({
  code: "NETWORK",
  words,
  status: unsaid,
  fix,
  retryable: false,
});

/** Messages of a CLI on Node.js for network failures: rows for its provider's `failures`. */
export const networkWords: readonly FailureRow[] = [
  certificate("certificate has expired", expired),
  certificate("cert_has_expired", expired),
  certificate("certificate", unknown),
  certificate("self_signed_cert", unknown),
  certificate("issuer_cert", unknown),
  certificate("unable_to_verify_leaf", unknown),
  { code: "NETWORK", words: "proxy_tunnel", status: unsaid, fix: tunnel },
  { code: "NETWORK", words: "econn", status: unsaid },
  { code: "NETWORK", words: "enotfound", status: unsaid },
  { code: "NETWORK", words: "eai_again", status: unsaid },
  { code: "NETWORK", words: "fetch failed", status: unsaid },
  { code: "NETWORK", words: "socket", status: unsaid },
  { code: "NETWORK", words: "terminated", status: unsaid },
];
