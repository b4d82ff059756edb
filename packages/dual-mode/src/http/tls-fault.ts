import { DualModeError } from "../error.ts";

interface Row {
  readonly codes: RegExp;
  readonly code: "NETWORK";
  readonly reason: string;
  readonly fix: string;
  /** Whether another connection may succeed. */
  readonly passing?: true;
}

const trust = "set NODE_EXTRA_CA_CERTS to the certificate of who issued it.";
const between = "Check the base URL, and look for a proxy that answers in the server's place.";

/** By the codes of Node.js and OpenSSL; the first row that matches counts. */
const rows: readonly Row[] = [
  {
    codes: /^CERT_HAS_EXPIRED$/,
    code: "NETWORK",
    reason: "The server's certificate has expired",
    fix: "Have it renewed; if it is new, set the clock of this machine.",
  },
  {
    codes: /^CERT_NOT_YET_VALID$/,
    code: "NETWORK",
    reason: "The server's certificate is not valid yet",
    fix: "Set the clock of this machine.",
  },
  {
    codes: /^(ERR_TLS_CERT_ALTNAME_[A-Z_]+|HOSTNAME_MISMATCH)$/,
    code: "NETWORK",
    reason: "The server's certificate is for another host",
    fix: between,
  },
  {
    codes: /^(DEPTH_ZERO_[A-Z_]+|SELF_SIGNED_[A-Z_]+|UNABLE_TO_[A-Z_]+|CERT_UNTRUSTED)$/,
    code: "NETWORK",
    reason: "The server's certificate was refused, for nobody that Node.js trusts issued it",
    fix: `Behind a proxy of your own, or for a server of your own, ${trust}`,
  },
  {
    codes: /^CERT_[A-Z_]+$/,
    code: "NETWORK",
    reason: "The server's certificate was refused",
    fix: "Have it replaced, or look for a proxy that answers in the server's place.",
  },
  {
    codes: /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/,
    code: "NETWORK",
    reason: "The server does not speak TLS there",
    fix: "If it speaks plain http, begin the base URL with http://; else look at the port.",
  },
  {
    codes: /^ERR_SSL_[A-Z0-9_]*(CERTIFICATE|PROTOCOL|HANDSHAKE_FAILURE|UNRECOGNIZED_NAME)[A-Z_]*$/,
    code: "NETWORK",
    reason: "The server refused the TLS connection",
    fix: between,
  },
  {
    codes: /^(ERR_TLS_[A-Z_]+|ERR_SSL_[A-Z0-9_]+|EPROTO)$/,
    code: "NETWORK",
    reason: "The TLS connection to the server failed",
    fix: between,
    passing: true,
  },
];

/** An error, or one of its causes. */
interface Link {
  readonly code: string;
  readonly message: string;
}

/** Finds the failure of a certificate, or of the TLS connection, in an error and its causes. */
export function tlsFault(chain: readonly Link[], cause: unknown): DualModeError | undefined {
  const told = chain.map(codeOf);
  for (const { codes, code, reason, fix, passing } of rows) {
    const why = told.find((each) => codes.test(each));
    if (why === undefined) continue;
    const retryable = passing ? undefined : false;
    return new DualModeError(code, `${reason} (${why}).`, { fix, retryable, cause });
  }
  return undefined;
}

/** If a write failed first, OpenSSL's own reason is only in the message. */
function codeOf({ code, message }: Link): string {
  if (code !== "EPROTO") return code;
  const reason = /:SSL routines:[^:]*:([a-z0-9 ]+):/i.exec(message)?.[1];
  return reason === undefined ? code : `ERR_SSL_${reason.replaceAll(" ", "_").toUpperCase()}`;
}
