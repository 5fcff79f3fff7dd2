// Points in time, in words.

import { element } from "./dom.js";

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const DATE = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const SHORT = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

export function clock(instant, format = TIME) {
  const time = element("time", "", format.format(instant));
  time.dateTime = instant.toISOString();
  time.title = FULL.format(instant);
  return time;
}

/** The time if it was today, else the day. */
export function moment(instant) {
  return clock(instant, instant.toDateString() === new Date().toDateString() ? TIME : SHORT);
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
