import { generateKeyPairSync, sign } from "node:crypto";

/** When a certificate counts, in milliseconds since the epoch, and for which host. */
export interface Wanted {
  readonly from?: number;
  readonly until?: number;
  readonly host?: string;
}

export interface SelfMade {
  readonly key: string;
  readonly cert: string;
}

const day = 86_400_000;
const ecdsaWithSha256 = sequence(Buffer.from("06082a8648ce3d040302", "hex"));

/** A certificate that issued itself, with its key. */
export function selfMadeCertificate({
  from = Date.now() - day,
  until = Date.now() + day,
  host = "localhost",
}: Wanted = {}): SelfMade {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const name = sequence(tagged(0x31, sequence(objectId("550403"), tagged(0x0c, text("test")))));
  const altName = tagged(0x04, sequence(tagged(0x82, text(host))));
  const isAuthority = tagged(0x04, sequence(tagged(0x01, Buffer.from([0xff]))));
  const told = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    sequence(time(from), time(until)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(
      0xa3,
      sequence(sequence(objectId("551d11"), altName), sequence(objectId("551d13"), isAuthority)),
    ),
  );
  const signature = sign("sha256", told, privateKey);
  const whole = sequence(
    told,
    ecdsaWithSha256,
    tagged(0x03, Buffer.concat([Buffer.from([0]), signature])),
  );
  const lines = whole.toString("base64").replaceAll(/.{64}/g, "$&\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

function sequence(...values: readonly Buffer[]): Buffer {
  return tagged(0x30, ...values);
}

function tagged(tag: number, ...values: readonly Buffer[]): Buffer {
  const value = Buffer.concat(values);
  const { length } = value;
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), value]);
}

function objectId(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, "hex"));
}

function text(value: string): Buffer {
  return Buffer.from(value, "utf8");
}

/** `YYYYMMDDHHMMSSZ` */
function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return tagged(0x18, text(digits));
}
