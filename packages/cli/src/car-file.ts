/** Built into a file of its own, so that commands that exchange no answers do not read it. */

export { CarBlockIterator } from "@ipld/car/iterator";
export { CarWriter } from "@ipld/car/writer";
export { decode, encode } from "@ipld/dag-cbor";
export { CID } from "multiformats/cid";
export { sha256 } from "multiformats/hashes/sha2";
