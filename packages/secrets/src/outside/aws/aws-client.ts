/** The options that every method of the SDK takes besides its input. */
interface CallOptions {
  readonly abortSignal?: AbortSignal;
}

export type Method<Input, Output> = (input: Input, options?: CallOptions) => Promise<Output>;

/** The part that is used of the response to `getSecretValue`. */
export interface SecretValue {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
}

/**
 * The methods that are used of a `SecretsManager` of `@aws-sdk/client-secrets-manager` (not of the
 * bare `SecretsManagerClient`): create it with your region and credentials.
 */
export interface AwsSecretsManager {
  readonly getSecretValue: Method<
    { readonly SecretId: string; readonly VersionStage?: string },
    SecretValue
  >;
  readonly listSecrets?: Method<
    { readonly NextToken?: string; readonly MaxResults?: number; readonly Filters?: ListFilter[] },
    {
      readonly SecretList?: readonly { readonly Name?: string | undefined }[] | undefined;
      readonly NextToken?: string | undefined;
    }
  >;
  readonly putSecretValue?: Method<
    { readonly SecretId: string; readonly SecretString: string },
    unknown
  >;
  readonly createSecret?: Method<{ readonly Name: string; readonly SecretString: string }, unknown>;
  readonly restoreSecret?: Method<{ readonly SecretId: string }, unknown>;
  readonly deleteSecret?: Method<{ readonly SecretId: string }, unknown>;
}

interface ListFilter {
  readonly Key: "name";
  readonly Values: string[];
}
