import type { CID } from "multiformats/cid";
import { loadBeside } from "../../start/load-beside.ts";

type CarFile = typeof import("../../car-file.ts");

let loaded: CarFile | undefined;

/** Loads the CAR library, from a file next to this program. */
export function carFile(): CarFile {
  loaded ??= loadBeside<CarFile>("./car-file.cjs");
  return loaded;
}

/** DAG-CBOR bytes and their CID. */
export interface Block {
  readonly cid: CID;
  readonly bytes: Uint8Array;
}

const dagCbor = 0x71;

/** @throws for a value that DAG-CBOR cannot hold */
export async function blockOf(value: unknown): Promise<Block> {
  const { CID, encode, sha256 } = carFile();
  const bytes = encode(value);
  return { cid: CID.createV1(dagCbor, await sha256.digest(bytes)), bytes };
}

/** Whether the bytes match the CID. */
export async function isSound({ cid, bytes }: Block): Promise<boolean> {
  const { sha256 } = carFile();
  if (cid.code !== dagCbor || cid.multihash.code !== sha256.code) return false;
  const digest = await sha256.digest(bytes);
  return Buffer.compare(digest.bytes, cid.multihash.bytes) === 0;
}
