// The door: sign in, or register.

import { byId } from "./dom.js";

/** @param onEntered is called when somebody is signed in */
export function showSignIn(session, words, onEntered) {
  const form = byId("sign-in");
  const problem = byId("sign-in-problem");
  const say = (text) => {
    problem.textContent = text;
    problem.hidden = text === "";
  };
  const registering = () => form.elements.way.value === "register";
  const look = () => {
    byId("display-name-field").hidden = !registering();
    form.elements.password.autocomplete = registering() ? "new-password" : "current-password";
    byId("enter").textContent = registering() ? "Register" : "Sign in";
    say("");
  };

  form.addEventListener("change", (event) => event.target.name === "way" && look());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { handle, password, displayName } = form.elements;
    const fields = { handle: handle.value.trim(), password: password.value };
    if (registering() && displayName.value.trim()) {
      fields.displayName = displayName.value.trim();
    }
    byId("enter").disabled = true;
    say("");
    try {
      await session.enter(registering() ? "register" : "sign-in", fields);
      form.reset();
      byId("door").hidden = true;
      onEntered();
    } catch (error) {
      say(error.message);
      password.select();
      password.focus();
    } finally {
      byId("enter").disabled = false;
    }
  });

  byId("door").hidden = false;
  look();
  say(words);
  form.elements.handle.focus();
}
