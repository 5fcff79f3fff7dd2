// How one message looks, stored or not.

import { button, element } from "./dom.js";
import { clock } from "./times.js";

const SURE_WITHIN_MS = 4_000;

/** A list item with the text, and the given elements below it. */
export function bubble(text, sender, mine, ...below) {
  const item = element("li", mine ? "message mine" : "message");
  const body = element("div", "bubble");
  const words = element("p", "words", text);
  words.dir = "auto";
  const foot = element("div", "foot");
  foot.append(...below);
  body.append(element("span", "spoken", mine ? "You:" : `${sender}:`), words, foot);
  item.append(body);
  return item;
}

/** @param actions edit(message) and remove(message), offered on one's own */
export function messageItem(message, sender, mine, actions) {
  const deleted = message.deletedAt != null;
  const below = [];
  if (mine && !deleted) {
    below.push(controls(message, actions));
  }
  if (message.editedAt && !deleted) {
    below.push(element("span", "", "edited"));
  }
  below.push(clock(new Date(message.postedAt)));
  const item = bubble(deleted ? "This message was deleted." : message.text, sender, mine, ...below);
  item.classList.toggle("deleted", deleted);
  return item;
}

function controls(message, actions) {
  const group = element("span", "controls");
  group.append(
    button("Edit", () => actions.edit(message), "plain"),
    askingTwice("Delete", "Really delete?", () => actions.remove(message)),
  );
  return group;
}

/** A button that asks whether it was meant. */
function askingTwice(text, question, onSure) {
  let timer = 0;
  const calm = () => {
    clearTimeout(timer);
    timer = 0;
    made.textContent = text;
    made.classList.remove("sure");
  };
  const made = button(
    text,
    () => {
      if (timer) {
        calm();
        onSure();
        return;
      }
      timer = setTimeout(calm, SURE_WITHIN_MS);
      made.textContent = question;
      made.classList.add("sure");
    },
    "plain",
  );
  return made;
}
