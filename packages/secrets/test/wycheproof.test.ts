import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  timingSafeEqual,
} from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** The parts that Fernet is made of, as this Node has them. */
interface Group {
  ivSize?: number;
  tagSize?: number;
  tests: { [field: string]: string; size: never }[];
}

const groups = (name: string): Group[] => {
  const url = new URL(`./fixtures/vectors/wycheproof/${name}_test.json`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")).testGroups;
};

const hex = (text: string | undefined): Buffer => Buffer.from(text ?? "", "hex");

test("AES-CBC-PKCS5: all 216", () => {
  let checked = 0;
  for (const one of groups("aes_cbc_pkcs5").flatMap((group) => group.tests)) {
    const cipher = `aes-${hex(one.key).length * 8}-cbc`;
    const open = (): Buffer => {
      const decipher = createDecipheriv(cipher, hex(one.key), hex(one.iv));
      return Buffer.concat([decipher.update(hex(one.ct)), decipher.final()]);
    };
    if (one.result === "invalid") {
      expect(open, `${one.tcId}`).toThrow();
    } else {
      expect(open().toString("hex")).toBe(one.msg);
      const sealing = createCipheriv(cipher, hex(one.key), hex(one.iv));
      const sealed = Buffer.concat([sealing.update(hex(one.msg)), sealing.final()]);
      expect(sealed.toString("hex")).toBe(one.ct);
    }
    checked += 1;
  }
  expect(checked).toBe(216);
});

test("HMAC-SHA256: all 174", () => {
  let checked = 0;
  for (const group of groups("hmac_sha256")) {
    for (const one of group.tests) {
      const mac = createHmac("sha256", hex(one.key)).update(hex(one.msg)).digest();
      const tag = mac.subarray(0, (group.tagSize ?? 0) / 8);
      expect(timingSafeEqual(tag, hex(one.tag)), `${one.tcId}`).toBe(one.result === "valid");
      checked += 1;
    }
  }
  expect(checked).toBe(174);
});

test("HKDF-SHA256: all 86", () => {
  let checked = 0;
  for (const one of groups("hkdf_sha256").flatMap((group) => group.tests)) {
    const derive = (): string =>
      Buffer.from(
        hkdfSync("sha256", hex(one.ikm), hex(one.salt), hex(one.info), Number(one.size)),
      ).toString("hex");
    if (one.result === "invalid") expect(derive, `${one.tcId}`).toThrow();
    else expect(derive()).toBe(one.okm);
    checked += 1;
  }
  expect(checked).toBe(86);
});
