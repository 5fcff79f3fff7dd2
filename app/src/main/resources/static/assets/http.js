// One HTTP request with JSON both ways. Whatever goes wrong is thrown as a Problem.

const PATIENCE_MS = 15_000;

/** The words to show, and whether trying again may help: the server's problem, or one that is made up here. */
export class Problem extends Error {
  constructor({ detail, code = null, status = 0, retryable = false, retryAfterMs = null }) {
    super(detail);
    this.code = code;
    this.status = status;
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Value: the answer's body; null where there is none. */
export async function request(method, path, { body, token } = {}) {
  const headers = {};
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  let response;
  let text;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
      credentials: "omit",
    });
    text = await response.text();
  } catch {
    throw new Problem({ detail: "The server cannot be reached.", retryable: true });
  }
  const read = parsed(text);
  if (response.ok) {
    return read;
  }
  throw new Problem(
    read?.detail
      ? { ...read, status: response.status }
      : { detail: `The server answered ${response.status}.`, status: response.status, retryable: response.status >= 500 },
  );
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    // a proxy's answer, not the server's
    return null;
  }
}
