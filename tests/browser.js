"use strict";
/* Runs within a copy of a report (tests/browser): each check writes a line, `ok NAME` or `FAIL NAME`. */
(async () => {
  const out = document.getElementById("checks");
  const lines = [];
  const check = (name, good, detail = "") => lines.push(good ? `ok ${name}` : `FAIL ${name} ${detail}`);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const turn = () => new Promise((done) => setTimeout(done, 50));
  const changes = all(".change");
  const shown = () => changes.filter((change) => !change.hidden);
  const form = document.querySelector(".filter form");
  const set = async (name, value) => {
    form.elements[name].value = value;
    form.elements[name].dispatchEvent(new Event("input", { bubbles: true }));
    await turn();
  };
  const reset = async () => {
    form.reset();
    await turn();
  };
  const token = (change, name, value) => (change.dataset[name] || "").split(" ").includes(value);

  try {
    /* the filter */
    check("the filter is there", form && !document.querySelector(".filter").hidden);
    check("all is shown at first", changes.length > 0 && shown().length === changes.length);
    for (const [field, name] of [["consumer", "consumers"], ["operation", "operations"], ["verdict", "verdict"]]) {
      for (const option of [...(form.elements[field]?.options ?? [])].slice(1, 4)) {
        await set(field, option.value);
        const wanted = changes.filter((change) => token(change, name, option.value));
        check(`filter by ${field}`, shown().length === wanted.length && wanted.every((change) => !change.hidden),
          `${option.textContent}: ${shown().length} shown, ${wanted.length} wanted`);
        const empty = all(".group").filter((group) => !group.hidden && !group.querySelector(".change:not([hidden])"));
        check("no group stands empty", empty.length === 0);
        const visible = (node) => node.checkVisibility();
        const idle = all("section.changes, .report").filter((block) => visible(block) &&
          ![...block.querySelectorAll(".change")].some(visible) && shown().length < changes.length);
        check("no heading stands without what matches", idle.length === 0, idle.map((block) => block.id).join(" "));
        const marked = all("[data-report].matched").map((entry) => entry.dataset.report);
        const matching = shown().length < changes.length
          ? all(".report").filter((report) => visible(report)).map((report) => report.id) : [];
        check("the list of reports marks what matches", marked.join() === matching.join(), `${marked} and not ${matching}`);
        await reset();
      }
    }
    const word = changes.at(-1).querySelector("h4, h5").textContent.split(" ").at(-1);
    await set("text", word.toUpperCase());
    const holding = changes.filter((change) => change.textContent.toLowerCase().includes(word.toLowerCase()));
    check("filter by text", shown().length === holding.length && holding.length > 0);
    await set("text", "no such words anywhere");
    check("nothing matches nonsense", shown().length === 0);
    check("the count is said", /^0 of /.test(form.querySelector("output").textContent));

    /* links */
    const last = changes.at(-1);
    location.hash = "#" + last.id;
    await turn();
    check("a link to a change shows it although it was filtered out", !last.hidden && shown().length === changes.length);
    check("a link to a change opens it", last.querySelector("details").open);
    const box = last.getBoundingClientRect();
    check("a link to a change brings it into view", box.top >= -1 && box.top < innerHeight, `top ${box.top}`);
    const broken = all('a[href^="#"]').filter((link) => !document.getElementById(link.getAttribute("href").slice(1)));
    check("every link within the page leads somewhere", broken.length === 0, broken.map((link) => link.href).join(" "));
    const abroad = all("[href], [src]").filter((node) => !/^(#|data:,$)/.test(node.getAttribute("href") ?? node.getAttribute("src")));
    check("no link leads out of the page", abroad.length === 0, abroad.map((node) => node.outerHTML).join(" "));
    check("nothing is loaded", performance.getEntriesByType("resource").length === 0);

    /* folded changes, and paper */
    const folded = changes.filter((change) => !change.querySelector("details").open);
    const packed = changes.filter((change) => change.querySelector("noscript"));
    if (folded.length) {
      folded[0].querySelector("summary").click();
      await turn();
      check("a change that is opened has its body", folded[0].querySelector("details").open && folded[0].querySelector(".body"));
      folded[0].querySelector("summary").click();
      await turn();
    }
    if (packed.length) {
      const within = packed.at(-1).querySelector("noscript").textContent;
      const file = new DOMParser().parseFromString(within, "text/html").querySelector("figcaption code").textContent;
      await set("text", file);
      check("what is packed is found by its text", !packed.at(-1).hidden && shown().length < changes.length);
      await set("text", "figcaption");
      check("and not by its markup", shown().length === 0);
      await reset();
    }
    dispatchEvent(new Event("beforeprint"));
    check("on paper every change is open", changes.every((change) => change.querySelector("details[open] .body")));
    dispatchEvent(new Event("afterprint"));
    check("and folded again on the screen", folded.every((change) => !change.querySelector("details").open));
    const uneven = all("details[open] pre[data-n]").slice(0, 50).filter((pre) => {
      const style = getComputedStyle(pre), lines = pre.dataset.n.split("\n").length;
      const text = pre.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
      return Math.abs(text / parseFloat(style.lineHeight) - lines) > 0.2;
    });
    check("each line has its number", uneven.length === 0, uneven[0]?.outerHTML);

    /* the picture */
    const consumer = document.querySelector(".picture a[data-consumer]");
    if (consumer) {
      consumer.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
      await turn();
      const wanted = changes.filter((change) => token(change, "consumers", consumer.dataset.consumer));
      check("a consumer in the picture sets the filter", shown().length === wanted.length && wanted.length > 0);
      await reset();
      const texts = all(".picture text");
      const overlaps = texts.filter((text) => text.getBBox().x + text.getBBox().width > 1000);
      check("no text stands out of the picture", overlaps.length === 0, overlaps.map((text) => text.textContent).join("; "));
      const boxes = all(".picture rect").map((rect) => rect.getBBox());
      const collide = boxes.some((a, i) => boxes.some((b, j) => j > i && a.x < b.x + b.width && b.x < a.x + a.width &&
        a.y < b.y + b.height && b.y < a.y + a.height));
      check("no boxes of the picture overlap", !collide);
      check("what is in the picture has a name", all(".picture a").every((link) => link.querySelector("title")?.textContent));
      const tall = all(".picture a").every((link) => {
        const text = link.querySelector("text").getBBox(), rect = link.querySelector("rect").getBBox();
        return text.x + text.width <= rect.x + rect.width;
      });
      check("every name fits its box", tall);
    }

    /* keys */
    document.activeElement.blur();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true, cancelable: true }));
    check("/ leads to the text filter", document.activeElement === form.elements.text);

    for (const [name, node] of [["a field", form.elements.text], ["a list", form.elements.verdict], ["a change", document.querySelector(".change summary")],
      ["a consumer", consumer], ["a link", document.querySelector(".change details[open] .self")]]) {
      if (!node) continue;
      node.focus({ focusVisible: true });
      const style = getComputedStyle(node);
      check(`${name} is reached by keys, and shows it`, document.activeElement === node && node.tabIndex === 0 &&
        node.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, `${style.outline}`);
    }
    const traps = all("[tabindex]").filter((node) => node.tabIndex > 0);
    check("keys go through the page in its order", traps.length === 0);

    /* for those who do not see it */
    check("the language is said", document.documentElement.lang === "en");
    for (const landmark of ["header", "main", "footer", "search"])
      check(`landmark ${landmark}`, document.querySelectorAll(`body > ${landmark}`).length === 1);
    check("one h1", all("h1").length === 1);
    const levels = all("h1, h2, h3, h4, h5").map((heading) => Number(heading.tagName[1]));
    for (const report of all(".report")) {
      check("a report is headed above its sections", report.querySelector(":scope > h2") &&
        all(":scope > section > h3", report).length === report.querySelectorAll(":scope > section").length);
      check("each report is listed above all", all(`[data-report="${report.id}"] a[href="#${report.id}"]`).length === 1);
    }
    check("no heading skips a level", levels.every((level, i) => i === 0 || level <= levels[i - 1] + 1));
    check("every field has a label", [...form.elements].every((field) => /BUTTON|OUTPUT/.test(field.tagName) || field.closest("label")));
    const ids = all("[id]").map((node) => node.id);
    check("ids are unique", new Set(ids).size === ids.length);
    check("tables have headings", all("table").every((table) => table.querySelector("th")));

    /* contrast, WCAG 2.2 success criterion 1.4.3 */
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgba = (colour) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = ([r, g, b]) => {
      const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
      return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    };
    const behind = (node) => {
      for (let at = node; at; at = at.parentElement) {
        const colour = rgba(getComputedStyle(at).backgroundColor);
        if (colour[3] === 255) return colour;
      }
      return rgba("Canvas");
    };
    const faint = [];
    for (const node of all("body *").slice(0, 1500)) {
      const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
      if (!own || node.closest("svg, script, style, #checks, .skip, [hidden]")) continue;
      const [a, b] = [luminance(rgba(getComputedStyle(node).color)), luminance(behind(node))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 4.5) faint.push(`${node.tagName}.${node.className} ${ratio.toFixed(2)}`);
    }
    for (const text of all(".picture a text")) {
      const boxes = all("rect", text.closest("a"));
      const [a, b] = [luminance(rgba(getComputedStyle(text).fill)), luminance(rgba(getComputedStyle(boxes[0]).fill))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 4.5) faint.push(`picture ${text.textContent} ${ratio.toFixed(2)}`);
    }
    check("contrast is 4.5 to 1 at least", faint.length === 0, [...new Set(faint)].join("; "));
    check("nothing is wider than the page", document.documentElement.scrollWidth <= innerWidth);
  } catch (error) {
    check("no check throws", false, String(error.stack).replace(/\n/g, " "));
  }
  lines.push("done");
  out.textContent = "\n" + lines.join("\n") + "\n";
})();
