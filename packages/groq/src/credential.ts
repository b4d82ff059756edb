/** The name of the key in the secrets store, and its environment variables. */
export const groqCredential = { name: "groq_api_key", env: ["GROQ_API_KEY"] } as const;

/** The environment variable that changes the address. */
export const groqBaseUrl = { env: ["GROQ_BASE_URL"] } as const;
