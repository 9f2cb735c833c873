/* Keys of the review desk, and selected words as places of the text.
   Nothing here is needed: every key presses a button, follows a link or goes to a field of the
   page, and every place can be typed. */
"use strict";

(() => {
  const OFF = "desk-keys-off";
  const text = document.querySelector("[data-text]");
  const pointing = document.querySelector("[data-pointing]");
  const help = document.querySelector("#keys");
  const heading = document.querySelector("#card");
  let busy = false;

  /* Selected words: browsers count UTF-16 units, the project counts code points. */

  const length = (words) => Array.from(words).length;

  function selectedPlace() {
    const selection = document.getSelection();
    if (!text || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const start = length(before.toString());
    const words = range.toString();
    return { start, end: start + length(words), words };
  }

  function showSelection() {
    const place = selectedPlace();
    if (!place) return;
    pointing.elements.start.value = place.start;
    pointing.elements.end.value = place.end;
    pointing.elements.words.value = "";
    pointing.querySelector("[data-selected]").textContent = `“${place.words.trim()}”`;
  }

  /* Keys */

  const isField = (node) => node.matches("input:not([type=checkbox]), select, textarea");

  function act(node) {
    if (node.matches("details")) {
      node.open = true;
      node = node.querySelector("input[type=text][value]") ?? node.querySelector("select, input");
    }
    if (isField(node)) {
      node.focus();
      node.scrollIntoView({ block: "nearest" });
    } else {
      node.click();
    }
  }

  function pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const inField = isField(event.target);
    if (event.key === "Escape" && inField) {
      heading?.focus();
    } else if (event.key === "Enter" && event.target.matches("select")) {
      event.preventDefault();
      event.target.form.querySelector("button").click();
    } else if (!inField && !help?.open && !event.repeat && !busy) {
      if (localStorage.getItem(OFF) && event.key !== "?") return;
      if (event.key === "?" && help) {
        event.preventDefault();
        help.showModal();
        return;
      }
      if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
      const node = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (!node) return;
      event.preventDefault();
      act(node);
    }
  }

  /* One ruling is sent once. */

  function submitted(event) {
    if (event.target.method === "dialog") return;
    if (busy) event.preventDefault();
    busy = true;
  }

  /* Where the eye and the screen reader are to be */

  function arrive() {
    busy = false;
    const said = document.querySelector("[data-said]");
    const messages = document.querySelectorAll(".messagelist li");
    const errors = document.querySelector("details.edit[open] .errors input, details.edit[open] input:not([type=hidden])");
    const shown = text?.querySelector(".point, .here");
    if (shown) text.scrollTop = shown.offsetTop - text.clientHeight / 3;
    (errors || heading)?.focus({ preventScroll: true });
    heading?.closest("article").scrollIntoView({ block: "nearest" });
    setTimeout(() => {
      if (said) said.textContent = Array.from(messages, (one) => one.textContent).join(" ");
    }, 150);
  }

  document.addEventListener("keydown", pressed);
  document.addEventListener("submit", submitted);
  addEventListener("pageshow", arrive);
  if (pointing) document.addEventListener("selectionchange", showSelection);
  text?.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const card = link && document.querySelector(`${link.getAttribute("href")} > a`);
    if (card && document.getSelection().isCollapsed) {
      event.preventDefault();
      card.click();
    }
  });
  const keysOn = document.querySelector("[data-keys-on]");
  if (keysOn) {
    keysOn.checked = !localStorage.getItem(OFF);
    keysOn.addEventListener("change", () => {
      if (keysOn.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    });
  }
})();
