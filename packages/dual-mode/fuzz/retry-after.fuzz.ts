import fc from "fast-check";
import { believedWait } from "../src/failures/believed-wait.ts";
import { retryAfter } from "../src/http/retry-after.ts";

const month = 31 * 24 * 3_600_000;
const now = Date.UTC(2026, 10, 22, 12);
const believable = (wait: number | undefined): boolean =>
  wait === undefined || (Number.isInteger(wait) && wait >= 0 && wait <= month);

const dateish = fc.string({
  unit: fc.constantFrom(..."0123456789:, -+.GMTUZSunNovFriDec\t"),
  maxLength: 60,
});
const headerText = fc.oneof(fc.string({ unit: "binary" }), dateish, fc.double().map(String));

export default {
  "any header is a wait that can be meant, or none": fc.property(
    fc.constantFrom("retry-after", "Retry-After", "retry-after-ms"),
    headerText,
    (name, value) => believable(retryAfter({ [name]: value }, now)),
  ),
  "a long header takes no time": fc.property(
    fc.constantFrom(" ", "1", "Sun, ", "00:00:00", "9.", "\t"),
    (piece) => retryAfter({ "retry-after": piece.repeat(200_000) }, now) === undefined,
  ),
  "seconds are read as they were written": fc.property(
    fc.nat(31 * 24 * 3_600),
    (seconds) => retryAfter({ "retry-after": String(seconds) }, now) === seconds * 1_000,
  ),
  "a date is read as it was written": fc.property(
    fc.date({ min: new Date(now), max: new Date(now + month), noInvalidDate: true }),
    (date) => {
      const seconds = Math.floor(date.getTime() / 1_000) * 1_000;
      return retryAfter({ "retry-after": date.toUTCString() }, now) === Math.max(0, seconds - now);
    },
  ),
  "any value of a body is a wait that can be meant, or none": fc.property(
    fc.oneof(fc.anything(), fc.double()),
    (value) => believable(believedWait(value)),
  ),
};
