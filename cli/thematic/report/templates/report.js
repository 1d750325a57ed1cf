// Sorting, filtering and looking for quotes. Without it the page says all the same.
"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  // What a large page keeps as text until it is opened.
  const makeWhole = (details) => {
    for (const text of all(":scope > noscript", details)) text.outerHTML = text.textContent;
  };
  addEventListener("toggle", (event) => { if (event.target.open) makeWhole(event.target); }, true);
  root.classList.add("js");

  // Dark and light: as the system says, until the reader says otherwise.
  const darkSystem = matchMedia("(prefers-color-scheme: dark)");
  const themeButton = byId("theme");
  const isDark = () => (root.dataset.theme || (darkSystem.matches ? "dark" : "light")) === "dark";
  const nameTheme = () => { themeButton.textContent = isDark() ? "Light colours" : "Dark colours"; };
  themeButton.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    nameTheme();
  });
  darkSystem.addEventListener("change", nameTheme);
  nameTheme();

  // Tables: codes stay below their theme, whatever is sorted.
  const valueOf = (cell) => {
    const text = cell.textContent.trim();
    const found = text.replace(/,/g, "").match(/^(\d+)(?:\/(\d+))?(%)?/);
    if (!found) return text ? text.toLowerCase() : "";
    const number = Number(found[1]);
    if (found[2]) return number / Math.max(1, Number(found[2]));
    return found[3] ? number / 100 : number;
  };
  const compare = (one, other) => {
    if (typeof one === typeof other) return typeof one === "number" ? one - other : one.localeCompare(other);
    return typeof one === "number" ? 1 : -1;
  };
  const treeOf = (rows) => {
    const top = { below: [], level: -1 };
    const open = [top];
    for (const row of rows) {
      const node = { row, level: Number(row.dataset.level), below: [] };
      while (open.at(-1).level >= node.level) open.pop();
      open.at(-1).below.push(node);
      open.push(node);
    }
    return top;
  };
  const inOrder = (node, column, sign) => {
    const below = [...node.below];
    if (sign) below.sort((a, b) => sign * compare(valueOf(a.row.cells[column]), valueOf(b.row.cells[column])));
    return below.flatMap((child) => [child.row, ...inOrder(child, column, sign)]);
  };
  const makeSortable = (table) => {
    const body = table.tBodies[0];
    const tree = treeOf([...body.rows]);
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const was = head.getAttribute("aria-sort");
        const next = was === "descending" ? "ascending" : was === "ascending" ? "" : "descending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        if (next) head.setAttribute("aria-sort", next);
        body.append(...inOrder(tree, column, { ascending: 1, descending: -1 }[next] || 0));
      });
    });
  };
  const makeFilter = (table) => {
    const input = byId(`filter-${table.id}`);
    const status = byId(`status-${table.id}`);
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      const rows = [...table.tBodies[0].rows];
      const matching = rows.filter((row) => row.dataset.name.toLowerCase().includes(wanted));
      const shown = new Set(matching);
      for (const row of rows) {
        const above = `${row.dataset.name}/`;
        if (matching.some((one) => one.dataset.name.startsWith(above))) shown.add(row);
      }
      rows.forEach((row) => { row.hidden = !shown.has(row); });
      status.textContent = wanted ? `${matching.length} of ${rows.length} rows` : "";
    });
  };
  all("table").forEach((table) => { makeSortable(table); makeFilter(table); });

  // Quotes: the address says what is looked for, so that Back and bookmarks work.
  const quotes = byId("quotes");
  const form = byId("find");
  const status = byId("found");
  const transcripts = all("#of-transcript option[data-kind]");
  const entryOf = (item) => ({
    item, counts: ` ${item.dataset.counts} `, transcript: item.dataset.transcript, words: "",
    kind: transcripts[item.dataset.transcript].dataset.kind, case: transcripts[item.dataset.transcript].dataset.case,
  });
  let entries = null; // all of them, made when they are first looked for
  const everyEntry = () => {
    if (!entries) {
      all("details.all", quotes).forEach(makeWhole);
      entries = all(".entries > li").map(entryOf);
    }
    return entries;
  };
  const wordsOf = (entry) => entry.words || (entry.words = entry.item.textContent.toLowerCase());
  const reveal = (element) => {
    for (let one = element; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
  };
  const wantedFrom = (hash) => Object.fromEntries(new URLSearchParams(hash.replace(/^#find\??/, "")));
  const addressOf = (wanted) => {
    const given = Object.entries(wanted).filter(([, value]) => value);
    return given.length ? `#find?${new URLSearchParams(given)}` : "#quotes";
  };
  const answers = (entry, wanted) =>
    (!wanted.count || entry.counts.includes(` ${wanted.count} `)) &&
    (!wanted.code || entry.counts.includes(`.${wanted.code} `)) &&
    (!wanted.column || entry.counts.includes(` ${wanted.column}.`)) &&
    (!wanted.kind || entry.kind === wanted.kind) &&
    (!wanted.transcript || entry.transcript === wanted.transcript) &&
    (!wanted.case || entry.case === wanted.case) &&
    (!wanted.text || wordsOf(entry).includes(wanted.text.toLowerCase()));
  let current = {};
  const show = (wanted) => {
    current = wanted;
    const asked = Object.values(wanted).some(Boolean);
    const found = (asked ? everyEntry() : entries || []).filter((entry) => {
      const fits = answers(entry, wanted);
      if (entry.item.hidden === fits) entry.item.hidden = !fits;
      return fits;
    });
    quotes.classList.toggle("finding", asked);
    const open = new Map();
    for (const entry of asked ? found : []) {
      const list = entry.item.closest("details");
      open.set(list, (open.get(list) || 0) + 1);
    }
    all("details.all", quotes).forEach((one) => {
      one.open = open.has(one);
      one.hidden = asked && !one.open;
      one.querySelector(".shown").textContent = one.open ? ` (shown: ${open.get(one).toLocaleString("en")})` : "";
    });
    all("section.theme", quotes).forEach((one) => { one.hidden = asked && !one.querySelector("details.all[open]"); });
    const sources = new Set(found.map((entry) => entry.transcript)).size;
    const noun = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
    status.textContent = asked
      ? `Shown: ${noun(found.length, "quote")} of ${entries.length.toLocaleString("en")}, from ${noun(sources, "transcript")}.`
      : "";
  };
  const fill = (wanted) => {
    const [column, code] = wanted.count ? wanted.count.split(".") : [wanted.column, wanted.code];
    form.elements.text.value = wanted.text || "";
    form.elements.code.value = code || "";
    form.elements.column.value = column || "";
    form.elements.kind.value = wanted.kind || "";
    form.elements.transcript.value = wanted.transcript || "";
  };
  const fromForm = () => {
    const { text, code, column, kind, transcript } = form.elements;
    const counts = code.value && column.value
      ? { count: `${column.value}.${code.value}` }
      : { column: column.value, code: code.value };
    const keep = kind.value === (current.kind || "") && transcript.value === (current.transcript || "");
    return { ...counts, kind: kind.value, transcript: transcript.value, case: keep ? current.case : "", text: text.value.trim() };
  };
  const named = (id) => {
    const transcript = id.match(/^[tu](\d+)-\d+$/);
    if (transcript && byId(`transcript-${transcript[1]}`)) makeWhole(byId(`transcript-${transcript[1]}`));
    if (/^q\d+$/.test(id)) everyEntry();
    return byId(id);
  };
  const follow = () => {
    const hash = location.hash;
    if (hash.startsWith("#find")) {
      const wanted = wantedFrom(hash);
      fill(wanted);
      show(wanted);
      byId("quotes-head").focus({ preventScroll: true });
      byId("quotes-head").scrollIntoView();
      return;
    }
    const target = hash.length > 1 && named(decodeURIComponent(hash.slice(1)));
    if (!target) return;
    if (target === quotes || (quotes.contains(target) && target.closest("[hidden]"))) { fill({}); show({}); }
    reveal(target);
    if (!target.matches(":target")) location.replace(hash); // it was made just now
    target.scrollIntoView();
  };
  all("a[data-find]").forEach((link) => { link.href = `#find?${link.dataset.find}`; });
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      show(fromForm());
      history.replaceState(null, "", addressOf(current));
    }, 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => { show({}); history.replaceState(null, "", "#quotes"); });
  addEventListener("hashchange", follow);
  follow();

  // Words in whole transcripts, where the page has them.
  const search = byId("search-transcripts");
  if (search) {
    let turns = null;
    const everyTurn = () => {
      if (!turns) {
        all("details.transcript").forEach(makeWhole);
        turns = all(".turn").map((item) => ({ item, words: "" }));
      }
      return turns;
    };
    let later = 0;
    search.addEventListener("input", () => {
      clearTimeout(later);
      later = setTimeout(() => {
        const wanted = search.value.trim().toLowerCase();
        let number = 0;
        const open = new Set();
        for (const turn of everyTurn()) {
          turn.words ||= turn.item.textContent.toLowerCase();
          const fits = turn.words.includes(wanted);
          turn.item.hidden = !fits;
          number += fits;
          if (fits) open.add(turn.item.closest("details"));
        }
        all("details.transcript").forEach((one) => { one.hidden = wanted !== "" && !open.has(one); one.open = wanted !== "" && open.has(one); });
        byId("found-turns").textContent = wanted ? `${number.toLocaleString("en")} turns in ${open.size} transcripts.` : "";
      }, 150);
    });
  }
})();
