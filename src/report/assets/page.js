"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const bar = document.querySelector(".filter");
  const changes = all(".change");
  /* From the inside out: what holds changes goes when all of them do. */
  const blocks = [...all(".group"), ...all("section.changes"), ...all(".report")];
  const entries = all("[data-report]");
  if (!bar || !changes.length) return;
  const form = bar.querySelector("form");
  const { consumer, operation, verdict, text } = form.elements;
  const output = form.querySelector("output");
  const words = new Map();

  /* What is packed in a change's noscript becomes nodes when somebody looks. */
  const packedIn = (change) => change.querySelector("noscript");
  const unpack = (change) => {
    const packed = packedIn(change);
    if (packed) packed.outerHTML = packed.textContent;
  };
  const decoder = document.createElement("textarea");
  const wordsOf = (change) => {
    if (!words.has(change)) {
      let said = change.textContent;
      if (packedIn(change)) {
        decoder.innerHTML = said.replace(/<[^>]*>/g, "");
        said = decoder.value;
      }
      words.set(change, said.toLowerCase());
    }
    return words.get(change);
  };
  const has = (list, value) => !value || (" " + (list || "") + " ").includes(" " + value + " ");
  const matches = (change, needles) =>
    has(change.dataset.consumers, consumer?.value) &&
    has(change.dataset.operations, operation?.value) &&
    has(change.dataset.verdict, verdict.value) &&
    needles.every((needle) => wordsOf(change).includes(needle));

  const apply = () => {
    const needles = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const change of changes) {
      change.hidden = !matches(change, needles);
      shown += !change.hidden;
    }
    const filtered = shown < changes.length;
    for (const block of blocks) block.hidden = filtered && !block.querySelector(".change:not([hidden])");
    for (const entry of entries)
      entry.classList.toggle("matched", filtered && !document.getElementById(entry.dataset.report).hidden);
    form.querySelector("button").hidden = !filtered;
    output.textContent = (filtered ? `${shown} of ` : "") + changes.length + " shown";
  };

  /* A link to one change shows it whatever the filter, and opens it. */
  const follow = () => {
    const change = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!change || !change.matches(".change, .report")) return;
    if (change.hidden) {
      form.reset();
      apply();
    }
    if (change.matches(".report")) {
      change.scrollIntoView();
      return;
    }
    unpack(change);
    change.querySelector("details").open = true;
    /* What comes into view is laid out only then, and moves what is below it. */
    let left = 3;
    const show = () => {
      change.scrollIntoView({ block: "start" });
      if (--left) requestAnimationFrame(show);
    };
    show();
  };

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  addEventListener("hashchange", follow);
  document.addEventListener("toggle", (event) => event.target.open && unpack(event.target), true);

  /* On paper nothing can be opened. */
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all(".change details:not([open])");
    for (const details of closed) {
      unpack(details);
      details.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
  addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      text.focus();
    }
  });

  /* In the picture a consumer's link sets the filter; what is pointed at stands out. */
  for (const link of all("a[data-consumer]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      form.reset();
      consumer.value = link.dataset.consumer;
      apply();
      document.getElementById("changes").scrollIntoView();
    });
  }
  for (const target of all(".picture [data-target]")) {
    const picture = target.closest("svg");
    const lines = all(`path[data-to="${target.dataset.target}"]`, picture);
    const light = (on) => {
      picture.classList.toggle("dim", on);
      for (const line of lines) line.classList.toggle("lit", on);
    };
    target.addEventListener("pointerenter", () => light(true));
    target.addEventListener("pointerleave", () => light(false));
    target.addEventListener("focusin", () => light(true));
    target.addEventListener("focusout", () => light(false));
  }

  bar.hidden = false;
  apply();
  follow();
})();
