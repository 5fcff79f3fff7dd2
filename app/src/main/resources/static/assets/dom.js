// Makes elements. Text from others only ever goes through textContent.

export const byId = (id) => document.getElementById(id);

export function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  made.textContent = text;
  return made;
}

/** A name that somebody chose: whatever characters it holds, it turns nothing around it. */
export function name(text, className = "") {
  return element("bdi", className, text);
}

export function button(text, onClick, className = "quiet") {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}
