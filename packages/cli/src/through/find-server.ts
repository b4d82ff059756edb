import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { JsonLines } from "./json-lines.ts";
import type { Challenge, Introduction, Refusal, Verdict } from "./messages.ts";
import { isProof, proofOf } from "./proof.ts";
import { ownSockets } from "./socket-folder.ts";
import { digested, type Terms } from "./terms.ts";

/** A server that takes this process's calls. */
export interface FoundServer {
  readonly pid: number;
  readonly lines: JsonLines;
}

/** How this process introduces itself to a server. */
export interface Introducing {
  /** The owner's token; it is only read if a server listens. */
  readonly token: () => Promise<string | undefined>;
  readonly terms: () => Terms;
}

/** Time in which a server must be reached, and must say that it takes the calls, in ms. */
const patience = 2_000;

/** The first server of this user that would answer as this process would, or why there is none. */
export async function findServer({ token, terms }: Introducing): Promise<FoundServer | string> {
  let why = "no acc serve of yours runs";
  let paths: readonly string[];
  try {
    paths = ownSockets();
  } catch (error) {
    return (error as Error).message;
  }
  const reached = await Promise.all(paths.map(reach));
  const listening = reached.filter((lines) => lines !== undefined);
  if (listening.length === 0) return why;
  let found: FoundServer | undefined;
  try {
    const known = await token();
    if (known === undefined) return otherToken;
    const own = { token: known, terms: terms() };
    for (const lines of listening) {
      const verdict = await introduced(lines, own);
      if (typeof verdict === "string") why = verdict;
      else found = { pid: verdict.pid, lines };
      if (found !== undefined) return found;
    }
    return why;
  } finally {
    for (const lines of listening) if (lines !== found?.lines) lines.leave();
  }
}

interface Own {
  readonly token: string;
  readonly terms: Terms;
}

/** Returns undefined if nothing listens there any more. */
function reach(path: string): Promise<JsonLines | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const lines = new JsonLines(socket, Number.POSITIVE_INFINITY);
    const timer = setTimeout(() => lines.leave(), patience);
    const end = (reached?: JsonLines) => {
      clearTimeout(timer);
      resolve(reached);
    };
    socket.once("connect", () => end(lines));
    lines.whenClosed(() => end());
  });
}

/** Whatever listens there, it takes no longer than this time. */
async function introduced(lines: JsonLines, own: Own): Promise<{ readonly pid: number } | string> {
  const timer = setTimeout(() => lines.leave(), patience);
  try {
    return await introduce(lines, own);
  } catch {
    return "the program that listens there is not acc serve";
  } finally {
    clearTimeout(timer);
  }
}

/** Both sides prove that they know the token before anything is asked. */
async function introduce(
  lines: JsonLines,
  { token, terms }: Own,
): Promise<{ readonly pid: number } | string> {
  const challenge = (await lines.next()) as Challenge | undefined;
  if (challenge === undefined) return noAnswer;
  const { nonce } = challenge;
  const own = randomBytes(32).toString("base64url");
  const proof = proofOf("acc chat", token, nonce);
  const said: Introduction = { proof, nonce: own, terms: digested(terms, token, nonce) };
  lines.write(said);
  const verdict = (await lines.next()) as Verdict | undefined;
  if (verdict === undefined) return noAnswer;
  if ("refused" in verdict) return reasonOf(verdict.refused);
  return isProof(verdict.accepted.proof, "acc serve", token, own) ? verdict.accepted : otherToken;
}

const noAnswer = "acc serve did not answer in time";
const otherToken = "acc serve has an owner's token that cannot be read here";

function reasonOf(refused: Refusal): string {
  if (refused === "token") return otherToken;
  if (refused === "ending") return "acc serve is shutting down";
  return `acc serve has different settings: ${refused.differs.join(", ")}`;
}
