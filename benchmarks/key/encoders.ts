import { hash } from "node:crypto";
import { memoryStore, openCache } from "@acc/cache";
import * as dagCbor from "@ipld/dag-cbor";
import canonicalize from "canonicalize";
import { CID } from "multiformats/cid";
import * as Digest from "multiformats/hashes/digest";
import stableStringify from "safe-stable-stringify";
import type { Kind } from "../harness/report.ts";

export interface Encoder {
  readonly name: string;
  readonly kind: Kind;
  /** The CID of a request; throws where the encoder refuses it. */
  key(request: unknown): string;
}

const SHA2_256 = 0x12;
const JSON_CODEC = 0x0200;
const cache = openCache({ store: memoryStore() });

export const ours: Encoder = { name: "@acc/cache", kind: "ours", key: (value) => cache.key(value) };

export const peers: readonly Encoder[] = [
  peer("@ipld/dag-cbor + multiformats", (request) => cid(dagCbor.code, dagCbor.encode(request))),
  peer("canonicalize + CID", (request) => cidOfText(canonicalize(request))),
  peer("safe-stable-stringify + CID", (request) => cidOfText(stableStringify(request))),
];

function peer(name: string, key: (request: unknown) => string): Encoder {
  return { name, kind: "peer", key };
}

function cidOfText(text: string | undefined): string {
  return cid(JSON_CODEC, Buffer.from(text ?? ""));
}

/** The one-shot hash of Node.js, the fastest there is, in place of the asynchronous one. */
function cid(codec: number, bytes: Uint8Array): string {
  return CID.createV1(codec, Digest.create(SHA2_256, hash("sha256", bytes, "buffer"))).toString();
}
