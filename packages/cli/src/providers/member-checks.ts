import { featureNames } from "@acc/dual-mode";

/** Returns what is wrong with a member of a provider's setting, as "must be …", or undefined. */
export type MemberCheck = (value: unknown) => string | undefined;

/** The members whose values are checked when the file is read; the core checks the others. */
export const memberChecks: Readonly<Record<string, MemberCheck>> = {
  baseUrl: (value) =>
    typeof value === "string" && isAddress(value)
      ? undefined
      : 'must be an address such as "https://llm.example.com/v1"',
  model: (value) =>
    typeof value === "string" && value.trim() !== "" ? undefined : "must be a model's name",
  key: (value) =>
    typeof value === "string" && isSecretName(value)
      ? undefined
      : 'must be the name of a secret such as "work_api_key", and no key: acc secrets set keeps one',
  headers: headersFault,
  keyHeader: (value) =>
    typeof value === "string" && headerName.test(value) ? undefined : "must be a header's name",
  supports: (value) =>
    Array.isArray(value) && value.every((each) => featureNames.includes(each))
      ? undefined
      : `must be a list of ${featureNames.join(", ")}`,
  members: (value) =>
    isRecord(value) && Object.values(value).every((each) => each === null || isString(each))
      ? undefined
      : 'must be names such as { "seed": "random_seed", "stream_options": null }',
  callIdLength: (value) =>
    Number.isInteger(value) && Number(value) > 0 ? undefined : "must be a whole number above 0",
  reasoningMember: (value) =>
    value === "reasoning_content" || value === "reasoning"
      ? undefined
      : 'must be "reasoning_content" or "reasoning"',
};

const headerName = /^[\w!#$%&'*+.^`|~-]+$/;
/** The characters that HTTP allows in a header value, as fetch sends it. */
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;
const keysOwn = /^(authorization|proxy-authorization|x-api-key|api-key|cookie)$/i;
const requestsOwn = /^(host|content-type|content-length|transfer-encoding|connection)$/i;

function headersFault(value: unknown): string | undefined {
  const fits = (entry: readonly [string, unknown]) =>
    headerName.test(entry[0]) && isString(entry[1]) && headerValue.test(entry[1]);
  if (!isRecord(value) || !Object.entries(value).every(fits)) {
    return 'must be headers such as { "x-team": "blue" }';
  }
  const names = Object.keys(value);
  const secret = names.find((name) => keysOwn.test(name));
  if (secret !== undefined) {
    return `must not hold ${secret}: name its secret in "key", and the header in "keyHeader"`;
  }
  const own = names.find((name) => requestsOwn.test(name));
  return own && `must not hold ${own}, which belongs to the request`;
}

function isAddress(value: string): boolean {
  return (
    /^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : "") && !/[#\s]/.test(value)
  );
}

/** No part of a name that a person chooses is longer, and parts of keys are. */
const longestPiece = 20;

/** Whether a text is the name of a secret, and not the secret itself in its place. */
function isSecretName(text: string): boolean {
  const pieces = text.split(/[._-]/);
  return (
    /^[a-z][a-z0-9]*([._-][a-z0-9]+)*$/.test(text) &&
    !/^(sk|rk|pk)-/.test(text) &&
    pieces.every((piece) => piece.length <= longestPiece)
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}
