import { crypto } from "../builtin.ts";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const CID_PATTERN = /^bafyrei[a-z2-7]{52}$/;

/** Ten bits at once: two characters of base32. */
const PAIRS: string[] = Array.from(
  { length: 1024 },
  (_, bits) => (ALPHABET[bits >> 5] as string) + (ALPHABET[bits & 31] as string),
);

/** The CIDv1 of DAG-CBOR bytes: sha2-256, base32 in lower case, 59 characters. */
export function cidOfBytes(bytes: Uint8Array): string {
  const hash = crypto().hash("sha256", bytes, "buffer");
  const cid = Buffer.allocUnsafe(40);
  cid[0] = 1;
  cid[1] = 0x71;
  cid[2] = 0x12;
  cid[3] = 0x20;
  cid.set(hash, 4);
  cid.fill(0, 36);
  let text = "b";
  for (let at = 0; at < 40; at += 5) {
    const high = ((cid[at] as number) << 12) | ((cid[at + 1] as number) << 4);
    const upper = high | ((cid[at + 2] as number) >> 4);
    const lower =
      (((cid[at + 2] as number) & 15) << 16) |
      ((cid[at + 3] as number) << 8) |
      (cid[at + 4] as number);
    text += (PAIRS[upper >> 10] as string) + (PAIRS[upper & 1023] as string);
    text += (PAIRS[lower >> 10] as string) + (PAIRS[lower & 1023] as string);
  }
  // 36 bytes are 58 characters; the padding to 40 made six more.
  return text.slice(0, 59);
}

export function isCid(text: unknown): text is string {
  return typeof text === "string" && text.length === 59 && CID_PATTERN.test(text);
}
