// Shows the outbox below the stored messages.

import { bubble, button, element } from "./bubble.js";

/** @param actions retry(id) and edit(id) */
export function showPending(list, messages, live, actions) {
  list.replaceChildren(...messages.map((message) => itemOf(message, live, actions)));
}

function itemOf({ id, text, problem }, live, actions) {
  if (!problem) {
    return bubble(text, true, element("span", "", live ? "sending" : "waiting for the connection"));
  }
  const words = element("span", "problem", `Not sent. ${problem.detail}`);
  words.setAttribute("role", "alert");
  const action = problem.retryable
    ? button("Retry", () => actions.retry(id))
    : button("Edit", () => actions.edit(id));
  const item = bubble(text, true, words, action);
  item.classList.add("failed");
  return item;
}
