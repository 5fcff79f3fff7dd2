// Reads the history over HTTP. Whatever goes wrong is thrown as a Problem.

const MESSAGES = "/api/v1/lobby/messages";
const PATIENCE_MS = 10_000;
const FIRST_PAGE = 50;
const CATCH_UP_PAGE = 200;
// Who was away for longer than this many pages starts again at the end, instead of loading a day of talk.
const CATCH_UP_PAGES = 5;

/** The words to show, and whether trying again may help: the server's problem, or one that is made up here. */
export class Problem extends Error {
  constructor({ detail, retryable = false, retryAfterMs = null }) {
    super(detail);
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }
}

/** One page, newest first: {messages, before}. */
export async function readPage(before, limit = FIRST_PAGE) {
  const query = new URLSearchParams({ limit });
  if (before != null) {
    query.set("before", before);
  }
  let response;
  try {
    response = await fetch(`${MESSAGES}?${query}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.ok) {
      return await response.json();
    }
  } catch {
    throw new Problem({ detail: "The server cannot be reached.", retryable: true });
  }
  throw await problemOf(response);
}

/**
 * All messages after the offset, newest first. Not `joined`: there are more in between than were read, and `before`
 * leads to them. Without an offset: the newest page.
 */
export async function readSince(offset) {
  if (offset == null) {
    return { ...(await readPage(null)), joined: false };
  }
  const messages = [];
  let before = null;
  for (let pages = 0; pages < CATCH_UP_PAGES; pages++) {
    const page = await readPage(before, CATCH_UP_PAGE);
    messages.push(...page.messages.filter((message) => message.offset > offset));
    before = page.before;
    if (before == null || before <= offset + 1) {
      return { messages, before, joined: true };
    }
  }
  return { messages, before, joined: false };
}

async function problemOf(response) {
  try {
    const body = await response.json();
    if (body.detail) {
      return new Problem(body);
    }
  } catch {
    // a proxy's answer, not the server's
  }
  return new Problem({ detail: `The server answered ${response.status}.`, retryable: response.status >= 500 });
}
