// Shows what waits in the outbox below the stored messages.

import { bubble } from "./bubble.js";
import { button, element } from "./dom.js";

/** @param actions retry(id) and rewrite(id) */
export function showPending(list, messages, live, actions) {
  list.replaceChildren(...messages.map((message) => itemOf(message, live, actions)));
}

function itemOf({ id, text, problem }, live, actions) {
  if (!problem) {
    return bubble(text, "", true, element("span", "", live ? "sending" : "waiting for the connection"));
  }
  const words = element("span", "problem", `Not sent. ${problem.message}`);
  words.setAttribute("role", "alert");
  const action = problem.retryable
    ? button("Retry", () => actions.retry(id))
    : button("Edit", () => actions.rewrite(id));
  const item = bubble(text, "", true, words, action);
  item.classList.add("failed");
  return item;
}
