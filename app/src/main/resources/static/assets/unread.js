// Counts in the title what is said while the tab is hidden.

const TITLE = document.title;
let unread = 0;

export function countUnread() {
  if (document.hidden) {
    document.title = `(${++unread}) ${TITLE}`;
  }
}

document.addEventListener("visibilitychange", () => {
  unread = 0;
  document.title = TITLE;
});
