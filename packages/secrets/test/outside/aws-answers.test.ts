import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { expect, onTestFinished, test } from "vitest";
import { SecretsError } from "../../src/index.ts";
import { createAwsStore } from "../../src/outside/aws.ts";

const about = {
  ARN: "arn:aws:secretsmanager:us-west-2:123456789012:secret:MyTestDatabaseSecret-a1b2c3",
  CreatedDate: 1.523477145713e9,
  Name: "MyTestDatabaseSecret",
  VersionId: "EXAMPLE1-90ab-cdef-fedc-ba987SECRET1",
  VersionStages: ["AWSCURRENT"],
};
const text = '{\n  "username":"david",\n  "password":"EXAMPLE-PASSWORD"\n}\n';
const refused = (__type: string, message = "") => ({ __type, ...(message && { message }) });

interface Shape {
  readonly what: string;
  readonly status: number;
  /** What is sent where it is a text; else as JSON. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The value, or the code of the failure and words of it. */
  readonly means: string | undefined | readonly [code: string, words: string];
}

/*
 * What AWS Secrets Manager answered, as its API reference has it (API_GetSecretValue.html,
 * CommonErrors.html, and Smithy's documents of the AWS JSON 1.1 protocol for how errors are named) and
 * as reports show it.
 */
const shapes: readonly Shape[] = [
  {
    what: "the reference's sample",
    status: 200,
    body: { ...about, SecretString: text },
    means: text,
  },
  {
    what: "a binary secret",
    status: 200,
    body: { ...about, SecretBinary: Buffer.from("value-0001").toString("base64") },
    means: "value-0001",
  },
  { what: "a secret that has neither", status: 200, body: about, means: undefined },
  {
    what: "no secret",
    status: 400,
    body: { ...refused("ResourceNotFoundException"), Message: "Secrets Manager can't find it." },
    means: undefined,
  },
  {
    what: "no secret, by a name with a namespace",
    status: 400,
    body: refused("com.amazonaws.secretsmanager#ResourceNotFoundException"),
    means: undefined,
  },
  {
    what: "no secret, told by the header",
    status: 400,
    body: {},
    headers: { "x-amzn-errortype": "ResourceNotFoundException:http://internal.amazon.com/coral/" },
    means: undefined,
  },
  {
    what: "external-secrets/kubernetes-external-secrets#114, marked, with another apostrophe",
    status: 400,
    body: refused(
      "InvalidRequestException",
      "You can’t perform this operation on the secret because it was marked for deletion.",
    ),
    means: undefined,
  },
  {
    what: "getmoto/moto#8638, marked, in other words",
    status: 400,
    body: refused(
      "InvalidRequestException",
      "You tried to perform the operation on a secret that's currently marked deleted.",
    ),
    means: undefined,
  },
  {
    what: "another request that is invalid",
    status: 400,
    body: refused("InvalidRequestException", "The secret is managed by another service."),
    means: ["STORE_REFUSED", "managed by another service"],
  },
  {
    what: "external-secrets/external-secrets#390, no right to the key of KMS",
    status: 400,
    body: refused("AccessDeniedException", "Access to KMS is not allowed"),
    means: ["STORE_REFUSED", "Access to KMS is not allowed"],
  },
  {
    what: "a key of KMS that cannot decrypt",
    status: 400,
    body: refused("DecryptionFailure", "Secrets Manager can't decrypt the secret."),
    means: ["STORE_REFUSED", "DecryptionFailure"],
  },
  {
    what: "external-secrets/external-secrets#4065, throttled with 400",
    status: 400,
    body: refused("ThrottlingException", "Rate exceeded"),
    means: ["STORE_UNAVAILABLE", "ThrottlingException"],
  },
  {
    what: "throttled with 429",
    status: 429,
    body: refused("TooManyRequestsException"),
    means: ["STORE_UNAVAILABLE", "TooManyRequestsException"],
  },
  {
    what: "a fault of AWS",
    status: 500,
    body: refused("InternalServiceError", "An error occurred on the server side."),
    means: ["STORE_UNAVAILABLE", "InternalServiceError"],
  },
  { what: "nothing but 503", status: 503, body: "", means: ["STORE_UNAVAILABLE", "AWS cannot"] },
  {
    what: "a balancer's page with 502",
    status: 502,
    body: "<html>502 Bad Gateway</html>",
    means: ["STORE_UNAVAILABLE", "AWS cannot"],
  },
  {
    what: "credentials that ended",
    status: 400,
    body: refused("ExpiredTokenException", "The security token included in the request is expired"),
    means: ["STORE_REFUSED", "expired"],
  },
  {
    what: "credentials of nobody",
    status: 400,
    body: refused("UnrecognizedClientException", "The security token is invalid."),
    means: ["STORE_REFUSED", "UnrecognizedClientException"],
  },
  {
    what: "a clock that is wrong",
    status: 400,
    body: refused("InvalidSignatureException", "Signature expired: 20260101T000000Z is now"),
    means: ["STORE_REFUSED", "Signature expired"],
  },
  {
    what: "a proxy's page",
    status: 200,
    body: "<html>Log in to the network with hunter2-value</html>",
    means: ["STORE_ANSWER_INVALID", "the secret acc/groq_api_key"],
  },
  {
    what: "half an answer",
    status: 200,
    body: JSON.stringify({ ...about, SecretString: "hunter2-value" }).slice(0, -8),
    means: ["STORE_ANSWER_INVALID", "the secret acc/groq_api_key"],
  },
];

test.each(shapes)("$what", async ({ status, body, headers = {}, means }) => {
  const server = createServer((_, response) => {
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const client = new SecretsManager({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "us-west-2",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret-access-key-1" },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  const store = createAwsStore({ client });
  const read = Promise.resolve(store.get("groq_api_key"));
  if (typeof means !== "object") {
    expect((await read)?.value).toBe(means);
    return;
  }
  const error: unknown = await read.catch((thrown: unknown) => thrown);
  const [code, words] = means;
  expect(error).toBeInstanceOf(SecretsError);
  expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
  expect((error as Error).message).not.toContain("hunter2");
});
