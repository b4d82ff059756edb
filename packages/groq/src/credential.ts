/** The key's name in the secrets store and its variables. */
export const groqCredential = { name: "groq_api_key", env: ["GROQ_API_KEY"] } as const;

/** The variable that moves its address. */
export const groqBaseUrl = { env: ["GROQ_BASE_URL"] } as const;
