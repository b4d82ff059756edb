import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { bodyOf, type CallKind } from "./call-kinds.ts";

/** What came of a request; `status` is 0 where no answer came, `isCut` where it did not end. */
export interface Asked {
  readonly status: number;
  readonly body: string;
  readonly isCut: boolean;
}

/** Asks as a program does, one that leaves in mid-answer or one that reads slowly. */
export async function ask(port: number, kind: CallKind): Promise<Asked> {
  const body = bodyOf(kind);
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    authorization: `Bearer ${kind.token}`,
  };
  const sent = request({ host: "127.0.0.1", port, path: kind.path, method: "POST", headers });
  let status = 0;
  let came = "";
  try {
    const response = await new Promise<import("node:http").IncomingMessage>((resolve, reject) => {
      sent.once("error", reject);
      sent.once("response", resolve);
      sent.end(body);
    });
    status = response.statusCode ?? 0;
    response.setEncoding("utf8");
    for await (const chunk of response) {
      came += chunk;
      if (kind.leaves) break;
      if (kind.isSlow) await sleep(15);
    }
    return { status, body: came, isCut: kind.leaves };
  } catch {
    return { status, body: came, isCut: true };
  } finally {
    sent.destroy();
  }
}
