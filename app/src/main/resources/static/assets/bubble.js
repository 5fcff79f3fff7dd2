// How one message looks. Text from others only ever goes through textContent.

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const DATE = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

export function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** A list item with the text, and the given elements below it. */
export function bubble(text, mine, ...below) {
  const item = element("li", mine ? "message mine" : "message");
  const body = element("div", "bubble");
  const words = element("p", "words", text);
  words.dir = "auto";
  const foot = element("div", "foot");
  foot.append(...below);
  body.append(element("span", "spoken", mine ? "You:" : "Somebody:"), words, foot);
  item.append(body);
  return item;
}

export function clock(instant) {
  const time = element("time", "", TIME.format(instant));
  time.dateTime = instant.toISOString();
  time.title = FULL.format(instant);
  return time;
}

export function button(text, onClick) {
  const made = element("button", "quiet", text);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

/** The local day in words. */
export function dayName(instant) {
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  const day = instant.toDateString();
  if (day === new Date().toDateString()) {
    return "Today";
  }
  return day === yesterday.toDateString() ? "Yesterday" : DATE.format(instant);
}
