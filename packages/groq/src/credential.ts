/** The key's name in the secrets store and its variables. */
export const groqCredential = { name: "groq_api_key", env: ["GROQ_API_KEY"] } as const;
