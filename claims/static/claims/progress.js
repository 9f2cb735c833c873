/* Keeps a page of background work up to date: fetches it again and puts its part in place. */
"use strict";

(function () {
  const EVERY = 2000;

  async function refresh() {
    const shown = document.getElementById("progress");
    if (!shown || !("live" in shown.dataset)) return;
    if (!shown.contains(document.activeElement)) {
      try {
        const answer = await fetch(window.location.href, { credentials: "same-origin" });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const next = page.getElementById("progress");
        if (answer.ok && next) shown.replaceWith(document.adoptNode(next));
      } catch (error) {
        /* The server does not answer: the next try may. */
      }
    }
    window.setTimeout(refresh, EVERY);
  }

  window.setTimeout(refresh, EVERY);
})();
