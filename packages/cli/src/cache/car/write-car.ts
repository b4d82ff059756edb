import { KEY_VERSION } from "@acc/cache";
import { type Block, blockOf, carFile } from "./block.ts";
import type { Contents, Exchanged } from "./exchanged.ts";

/** Writes a list of the answers, then each request and answer. Same answers, same bytes. */
export async function carOf(answers: readonly Exchanged[]): Promise<Uint8Array> {
  const { CID, CarWriter } = carFile();
  const blocks = new Map<string, Block>();
  const rows: Contents["answers"][number][] = [];
  const add = (block: Block) => blocks.set(block.cid.toString(), block);
  for (const answer of [...answers].sort(byKey)) {
    const { cid, namespace, tenant, request } = answer;
    const response = await blockOf(answer.response);
    if (request !== undefined) add(await blockOf([KEY_VERSION, request]));
    add(response);
    rows.push({
      request: CID.parse(cid),
      response: response.cid,
      ...(namespace !== undefined && { namespace }),
      ...(tenant !== undefined && { tenant }),
    });
  }
  const contents: Contents = { format: "acc-answers", version: 1, answers: rows };
  const root = await blockOf(contents);
  const { writer, out } = CarWriter.create([root.cid]);
  const chunks = collect(out);
  for (const block of [root, ...blocks.values()]) await writer.put(block);
  await writer.close();
  return chunks;
}

async function collect(out: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of out) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function byKey(one: Exchanged, other: Exchanged): number {
  const [a, b] = [one, other].map(({ cid, namespace = "", tenant = "" }) =>
    JSON.stringify([cid, namespace, tenant]),
  );
  return a === b ? 0 : (a ?? "") < (b ?? "") ? -1 : 1;
}
