import fc from "fast-check";
import { Fernet, generateFernetKey } from "../src/fernet.ts";
import { codeOf } from "./support/code-of.ts";

const key = generateFernetKey();
const fernet = new Fernet(key);
const token = Buffer.from(fernet.encrypt("a value of sixteen bytes and more"), "base64url");
const characters = fc.constantFrom(..."AaZz09-_+/= \n\t\0é");
const base64ish = fc.string({ unit: characters, maxLength: 400 });

export default {
  "any text as a token is refused as one": fc.property(
    fc.oneof(fc.string({ unit: "binary" }), base64ish),
    (text) => codeOf(() => fernet.decrypt(text)) === "INVALID_TOKEN",
  ),
  "any bytes as a token are refused as one": fc.property(
    fc.uint8Array({ maxLength: 400 }),
    (bytes) => codeOf(() => fernet.decrypt(bytes)) === "INVALID_TOKEN",
  ),
  "a token that was cut, or has other bytes in it, is refused": fc.property(
    fc.nat(token.length - 1),
    fc.nat(token.length),
    fc.uint8Array({ maxLength: 40 }),
    (from, removed, added) => {
      const changed = Buffer.concat([
        token.subarray(0, from),
        added,
        token.subarray(from + removed),
      ]);
      if (changed.equals(token)) return true;
      const code = codeOf(() => fernet.decrypt(changed.toString("base64url")));
      return code === "INVALID_TOKEN";
    },
  ),
  "any text as a key makes a cipher or is refused": fc.property(
    fc.oneof(fc.string({ unit: "binary" }), base64ish),
    (text) => {
      const code = codeOf(() => new Fernet(text));
      return code === undefined || code === "INVALID_KEY";
    },
  ),
  "what was encrypted is decrypted, foreign characters in between or not": fc.property(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(" ", "\n", "!", "~")), { maxLength: 5 }),
    (bytes, foreign) => {
      let text = fernet.encrypt(bytes);
      for (const [place, character] of foreign) {
        const at = place % text.length;
        text = text.slice(0, at) + character + text.slice(at);
      }
      return fernet.decrypt(text).equals(bytes);
    },
  ),
};
