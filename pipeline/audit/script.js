// The audit report: pages beside data, marks of a person, search. No library, no request: data come as scripts.
"use strict";

const panelPapers = (() => {
  const state = { papers: [], search: [], data: {}, base: [], sample: null, zoom: 1, mode: "rows", place: {} };
  const waiting = {};
  const EVIDENCE = {
    proved: "A printed total adds up with it.",
    agreed: "A second, independent reader of the page, or a second paper, has the same.",
    single: "It was read once; nothing confirms or contradicts it.",
    review: "Something disagrees with it. Do not publish it before a person has looked.",
  };
  const LINES = 120; // lines of a text paper that are made at a time
  const MARKS = "panel-papers-marks", SETTINGS = "panel-papers-settings";
  const KINDS = { item: "item", part: "part", total: "total", subtotal: "subtotal", grand_total: "grand total" };

  // Elements. Text is only ever set as text, so that no word of a paper becomes markup.
  const $ = (id) => document.getElementById(id);
  function el(name, props = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(props)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }
  const fill = (parent, ...children) => parent.replaceChildren(...children.flat(Infinity).filter((child) => child));
  // What is quoted, and codes, in letters of which l, I and 1 look different.
  const pieces = (text) => text.split(/('[^'\n]{1,60}'|\b[A-Z]{2}\d{1,4}\b)/).map((part, i) => i % 2 ? el("code", {}, part) : part);
  const badge = (evidence) => evidence ? el("span", { class: `badge ${evidence}` }, evidence) : "";

  function pounds(amount) {
    if (amount === null || amount === undefined) return "";
    const [whole, pence = "00"] = String(amount).replace("-", "").split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
    return `${String(amount).startsWith("-") ? "−" : ""}£${grouped}${/^0*$/.test(pence) ? "" : `.${pence.padEnd(2, "0")}`}`;
  }
  function worth(value) {
    if (value.field !== "measure") return pounds(value.amount_gbp);
    if (value.line_type === "GBP") return pounds(value.amount_gbp);
    return String(Number(value.amount_gbp)) + (value.line_type === "percent" ? "%" : "");
  }
  const named = (value) => [value.item, value.part ? `${value.part})` : ""].filter(Boolean).join(" ");
  const when = (value) => value.financial_year || (value.field === "measure" ? value.title : "") || "";
  const same = (a, b) => Boolean(a && b && a.join() === b.join());
  const where = (paper, at) => at ? `${paper.lines ? "line" : "page"} ${at[0]}` : "no place";

  // The address bar holds the place: #paper=..&figure=..
  const read = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  function address(place) {
    const kept = Object.entries(place).filter(([, value]) => value);
    return "#" + kept.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
  }
  function go(change) {
    location.hash = address({ ...state.place, finding: "", figure: "", ...change });
  }

  function route() {
    const place = state.place = read();
    const view = place.paper ? "paper" : ["sample", "marks"].includes(place.view) ? place.view : "start";
    for (const name of ["start", "paper", "sample", "marks"]) $(`view-${name}`).hidden = name !== view;
    document.querySelectorAll("nav [data-view]").forEach((link) => {
      if (link.dataset.view === view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
    if (view === "paper") withPaper(place.paper, showPaper);
    if (view === "sample") showSample();
    if (view === "marks") showMarks();
  }

  // A paper's data are a script of their own, loaded when the paper is opened.
  const nameOf = (id) => state.papers.find((paper) => paper.id === id).name;
  function withPaper(id, then) {
    if (state.data[id]) return then(state.data[id]);
    if (!state.papers.some((paper) => paper.id === id)) {
      fill($("detail"), el("p", {}, `This report has no paper ${id}.`));
      return undefined;
    }
    if (waiting[id]) return void waiting[id].push(then);
    waiting[id] = [then];
    document.head.append(el("script", { src: `data/p-${nameOf(id)}.js` }));
    return undefined;
  }
  function arrived(paper) {
    paper.byId = new Map(paper.values.map((value) => [value.id, value]));
    const rows = new Map();
    for (const finding of paper.findings) {
      const key = `${finding.table}|${finding.row}`;
      if (finding.row !== null) rows.set(key, [...(rows.get(key) || []), finding]);
    }
    paper.byPlace = new Map(paper.values.filter((value) => value.at).map((value) => [value.at.join(), value]));
    paper.byPart = new Map();
    for (const value of paper.values) {
      // A finding on a row concerns all its values, unless it stands at the place of one of them.
      const own = rows.get(`${value.table}|${value.row ?? value.cell?.[0]}`) || [];
      value.findings = own.filter((finding) => same(finding.at, value.at) || !paper.byPlace.has(String(finding.at)));
      if (value.at) paper.byPart.set(value.at[0], [...(paper.byPart.get(value.at[0]) || []), value]);
    }
    state.data[paper.id] = paper;
    for (const then of waiting[paper.id] || []) if (state.place.paper === paper.id) then(paper);
  }

  // Page beside data
  let shown = "", near = null;
  function showPaper(paper) {
    const filters = ["table", "field", "evidence", "rule"].map((name) => state.place[name] || "").join("|");
    if (shown !== paper.id) {
      $("paper-title").textContent = paper.title;
      fillFilters(paper);
      drawPages(paper);
    }
    for (const name of ["table", "field", "evidence", "rule"]) $(`f-${name}`).value = state.place[name] || "";
    $("f-paper").value = paper.id;
    if (shown !== paper.id || state.filters !== filters) {
      state.filters = filters;
      state.visible = paper.values.filter((value) => passes(value, state.place));
      state.passed = new Set(state.visible.map((value) => value.id));
      drawTables(paper);
      dim();
    }
    shown = paper.id;
    choose(paper);
  }
  function passes(value, place) {
    return (!place.table || value.table === place.table) && (!place.field || value.field === place.field)
      && (!place.evidence || value.evidence === place.evidence)
      && (!place.rule || value.findings.some((finding) => place.rule === "any" || finding.rule === place.rule));
  }
  function fillFilters(paper) {
    const option = (value, text) => el("option", { value }, text);
    fill($("f-paper"), state.papers.map((each) => option(each.id, each.title === each.file ? each.file : `${each.title} (${each.file})`)));
    fill($("f-table"), option("", "all"), paper.tables.map((t) => option(t.id, `${t.number}. ${t.heading || t.kind}`)));
    const rules = [...new Set(paper.values.flatMap((value) => value.findings.map((finding) => finding.rule)))].sort();
    fill($("f-rule"), option("", "–"), option("any", "any"), rules.map((rule) => option(rule, rule.replaceAll("-", " "))));
  }

  // Parts of a pane are made as they come near. What grows above the pane's edge must not push the rest away.
  function whenNear(pane, root) {
    return new IntersectionObserver((entries, observer) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        const height = target.offsetHeight, above = target.getBoundingClientRect().top < pane.getBoundingClientRect().top;
        target.make();
        if (above) pane.scrollTop += target.offsetHeight - height;
      }
    }, { root, rootMargin: "900px 0px" });
  }

  function drawPages(paper) {
    if (near) near.disconnect();
    const pane = $("pages");
    pane.scrollTop = 0;
    near = whenNear(pane, pane);
    const parts = paper.lines ? lineParts(paper) : paper.pages.map((page, i) => pagePart(paper, page, i + 1));
    fill(pane, parts.length ? parts : el("p", { class: "empty" }, "No page of this paper can be shown."));
    parts.forEach((part) => near.observe(part));
  }
  function pagePart(paper, page, number) {
    const part = el("figure", { class: "page", id: `page-${number}` });
    part.style.aspectRatio = `${page.w} / ${page.h}`;
    part.append(el("figcaption", {}, `page ${number}`));
    part.make = () => {
      part.make = () => undefined;
      part.classList.add("near");
      if (page.src) part.prepend(el("img", { src: `pages/${nameOf(paper.id)}/${page.src}`, alt: `Page ${number} as printed` }));
      else part.append(el("p", { class: "blank" }, "This page cannot be drawn."));
      const boxed = (at, made) => {
        made.style.left = `${100 * at[1] / page.w}%`;
        made.style.top = `${100 * at[2] / page.h}%`;
        made.style.width = `${100 * (at[3] - at[1]) / page.w}%`;
        made.style.height = `${100 * (at[4] - at[2]) / page.h}%`;
        return made;
      };
      part.boxed = boxed;
      for (const table of paper.tables) {
        for (const cell of table.cells) {
          if (cell[6]?.[0] === number && cell[6].length === 5 && cell[5]) part.append(boxed(cell[6], el("div", { class: "cell-box" })));
        }
      }
      // Words of a scan that were read with little confidence, and print that was not read.
      for (const finding of paper.findings.filter((each) => ["word-unsure", "print-unread"].includes(each.rule))) {
        if (finding.at?.[0] === number && finding.at.length === 5) part.append(boxed(finding.at, el("div", { class: "unsure-box", title: finding.message })));
      }
      for (const value of paper.byPart.get(number) || []) if (value.at.length === 5) part.append(boxed(value.at, boxOf(value)));
    };
    return part;
  }
  function boxOf(value) {
    const classes = ["box", value.field, value.evidence === "review" ? "review" : "", state.passed?.has(value.id) === false ? "dim" : ""];
    return el("button", {
      type: "button", class: classes.filter(Boolean).join(" "), "data-box": value.id, tabindex: "-1",
      title: `${named(value)} ${when(value)}`.trim(), "aria-label": `${value.raw}, ${named(value)} ${when(value)}`,
      "aria-current": state.lit === value.id ? "true" : null, onclick: () => go({ figure: value.id }),
    });
  }

  function lineParts(paper) {
    const own = paper.byPart, flagged = new Set(), inTable = new Set();
    for (const finding of paper.findings) if (finding.at && finding.severity !== "notice") flagged.add(finding.at[0]);
    for (const table of paper.tables) for (let n = table.first_line; n <= table.last_line; n += 1) inTable.add(n);
    const parts = [];
    for (let first = 0; first < paper.lines.length; first += LINES) {
      const part = el("div", { class: "lines" });
      const some = paper.lines.slice(first, first + LINES);
      part.style.minHeight = `${some.length * 1.2}rem`;
      part.first = first + 1;
      part.make = () => {
        part.make = () => undefined;
        part.style.minHeight = "";
        fill(part, some.map(([start, text], i) => {
          const number = first + i + 1;
          const classes = ["line", inTable.has(number) ? "in-table" : "", flagged.has(number) ? "found-here" : ""];
          return el("div", { class: classes.filter(Boolean).join(" "), id: `line-${number}` },
            el("span", { class: "no" }, String(number)), el("span", { class: "words" }, marked(start, text, own.get(number) || [])));
        }));
      };
      parts.push(part);
    }
    return parts;
  }
  // A line's text with its values marked. Places count characters, which are not JavaScript's units of text.
  function marked(start, text, values) {
    const chars = Array.from(text), parts = [];
    let at = 0;
    for (const value of [...values].sort((a, b) => a.at[1] - b.at[1])) {
      const from = value.at[1] - start, to = Math.min(value.at[2] - start, chars.length);
      if (from < at || from >= to) continue;
      parts.push(chars.slice(at, from).join(""), el("span", {
        class: `mark ${value.field}${state.passed?.has(value.id) === false ? " dim" : ""}`, role: "button", tabindex: "-1", "data-box": value.id,
        title: `${named(value)} ${when(value)}`.trim(), "aria-label": `${value.raw}, ${named(value)} ${when(value)}`,
        "aria-current": state.lit === value.id ? "true" : null, onclick: () => go({ figure: value.id }),
      }, chars.slice(from, to).join("")));
      at = to;
    }
    return [...parts, chars.slice(at).join("")];
  }
  function dim() {
    $("pages").querySelectorAll("[data-box]").forEach((box) => box.classList.toggle("dim", !state.passed.has(box.dataset.box)));
  }

  // The tables as read, and their rows as published
  let nearTable = null;
  function drawTables(paper) {
    if (nearTable) nearTable.disconnect();
    nearTable = whenNear($("tables"), null);
    const tables = paper.tables.filter((t) => !state.place.table || t.id === state.place.table)
      .filter((t) => !["field", "evidence", "rule"].some((name) => state.place[name]) || state.visible.some((v) => v.table === t.id));
    const parts = tables.map((table) => tablePart(paper, table));
    const findings = paper.findings.length ? [findingsPart(paper)] : [];
    fill($("tables"), parts, findings, parts.length ? null : el("p", { class: "empty" }, "No value passes these filters."));
    parts.forEach((part) => nearTable.observe(part));
  }
  function tablePart(paper, table) {
    const range = table.first_line ? `lines ${table.first_line}–${table.last_line}`
      : table.first_page === table.last_page ? `page ${table.first_page}` : `pages ${table.first_page}–${table.last_page}`;
    const about = [table.kind.replaceAll("-", " "), range, `${table.rows} rows`,
      table.agreement === null ? "" : `second reader agrees on ${Math.round(table.agreement * 100)} %`].filter(Boolean).join(" · ");
    const body = el("div", { class: "body" });
    const empty = state.mode === "rows" && !state.visible.some((value) => value.table === table.id);
    const part = el("details", { class: "table", open: !empty, "data-table": table.id },
      el("summary", {}, `${table.number}. ${table.heading || "Table without a heading"}`, el("small", {}, about)), body);
    part.make = () => {
      part.make = () => undefined;
      fill(body, state.mode === "rows" ? rowsOf(table) : cellsOf(paper, table));
      light();
    };
    return part;
  }
  const valueButton = (value, text) => el("button", {
    type: "button", class: "value", "data-value": value.id,
    onclick: (event) => { event.stopPropagation(); go({ figure: value.id }); },
  }, text || value.raw || "(blank)");
  function rowsOf(table) {
    const own = state.visible.filter((value) => value.table === table.id);
    if (!own.length) return el("p", { class: "empty" }, "This table has words only. See it under “Tables as read”.");
    const head = ["What", "Year", "Printed", "Value", "Evidence"].map((text, i) => el("th", { scope: "col", class: i === 3 ? "sum" : null }, text));
    const body = own.map((value) => {
      const mark = markOf(value);
      return el("tr", { "data-value": value.id, onclick: () => go({ figure: value.id }) },
        el("td", {}, named(value), el("span", { class: "words-of" }, kindOf(value))),
        el("td", {}, when(value)), el("td", {}, valueButton(value)),
        el("td", { class: "sum" }, value.field === "code" ? value.code || "?" : worth(value)),
        el("td", {}, badge(value.evidence), value.findings.some((f) => f.severity !== "notice" && same(f.at, value.at)) ? el("span", { class: "badge warning" }, "! look") : "",
          value.correction_id ? el("span", { class: "badge" }, "corrected") : "", mark ? el("span", { class: "badge" }, `you: ${mark.verdict}`) : ""));
    });
    return el("table", { class: "rows" }, el("caption", { class: "unseen" }, "Rows as published"),
      el("thead", {}, el("tr", {}, head)), el("tbody", {}, body));
  }
  function kindOf(value) {
    if (value.field === "code") return value.line_type === "previous code" ? `previous code, ${value.title}` : value.line_type;
    if (value.field === "measure") return "measure";
    const words = value.provider || value.description || "";
    return [KINDS[value.line_type] || value.line_type, words.length > 70 ? `${words.slice(0, 70)}…` : words].filter(Boolean).join(" · ");
  }
  function cellsOf(paper, table) {
    const own = new Map();
    for (const value of paper.values) {
      if (value.table !== table.id || !value.cell || !value.raw) continue;
      own.set(value.cell.join(), [...(own.get(value.cell.join()) || []), value]);
    }
    const rows = [];
    for (const [row, column, rowSpan, columnSpan, header, text] of table.cells) {
      const cell = el(header ? "th" : "td", {
        rowspan: rowSpan > 1 ? rowSpan : null, colspan: columnSpan > 1 ? columnSpan : null,
        scope: header ? "col" : null, "data-cell": `${row},${column}`,
      }, buttonsIn(text, own.get(`${row},${column}`) || []));
      (rows[row] ||= el("tr")).append(cell);
    }
    return el("table", { class: "cells" }, el("caption", { class: "unseen" }, "The table as read"), el("tbody", {}, rows.filter(Boolean)));
  }
  function buttonsIn(text, values) {
    const parts = [];
    let at = 0;
    for (const value of values) {
      const found = text.indexOf(value.raw, at);
      if (found < 0) continue;
      parts.push(text.slice(at, found), valueButton(value));
      at = found + value.raw.length;
    }
    return [...parts, text.slice(at)];
  }
  function findingsPart(paper) {
    const items = paper.findings.map((finding) => el("li", { class: `need ${finding.severity}` },
      el("p", { class: "said" }, el("span", { class: `badge ${finding.severity}` }, finding.severity), " ", pieces(finding.message)),
      el("p", { class: "where" }, el("a", { href: address({ ...state.place, figure: "", finding: finding.id }) }, where(paper, finding.at)))));
    return el("details", { class: "table" }, el("summary", {}, `Findings in this paper (${items.length})`), el("ul", { class: "needs" }, items));
  }

  // One value or finding is chosen: lit on the page, in the tables, and told above them
  function choose(paper) {
    const value = paper.byId.get(state.place.figure);
    const finding = paper.findings.find((each) => each.id === state.place.finding);
    state.lit = value?.id ?? paper.byPlace.get(String(finding?.at))?.id;
    document.querySelectorAll(".spot").forEach((spot) => spot.remove());
    document.querySelectorAll(".line.lit").forEach((line) => line.classList.remove("lit"));
    const list = steps(paper), at = list.findIndex((each) => each.id === state.place.figure);
    $("position").textContent = list.length ? `${at < 0 ? "–" : at + 1} of ${list.length}` : "none";
    fill($("detail"), value ? detailOf(paper, value) : finding ? findingDetail(paper, finding) : hintOf(paper));
    const target = value || finding;
    if (target) reveal(paper, target, Boolean(finding && !value));
    light();
    if (target) scrollToRow(target);
  }
  function hintOf(paper) {
    const state_ = state.papers.find((each) => each.id === paper.id).status;
    return [el("p", {}, `Click a figure or a code on the page to see what was made of it, or a row to see where it stands. ${paper.values.length} values were read.`),
      el("p", { class: "hint" }, "Blue, solid: amounts. Purple, dashed: codes. Green, dotted: measures."),
      ["unreadable", "quarantined"].includes(state_) ? el("p", { class: "said error" }, `The paper is ${state_}.`) : null];
  }
  function reveal(paper, target, spot) {
    const pane = $("pages"), at = target.at;
    if (!at) return;
    const part = paper.lines ? [...pane.children].findLast((each) => each.first <= at[0]) : pane.children[at[0] - 1];
    if (!part?.make) return;
    // Its neighbours too: lines that are made later would push it out of sight.
    for (const each of [part.previousElementSibling, part, part.nextElementSibling]) each?.make();
    let goal = state.lit && part.querySelector(`[data-box="${CSS.escape(state.lit)}"]`);
    if (!goal && paper.lines) {
      goal = $(`line-${at[0]}`);
      goal?.classList.add("lit");
    } else if (!goal && at.length === 5) {
      goal = part.boxed(at, el("div", { class: "spot" }));
      part.append(goal);
    }
    if (spot && paper.lines) $(`line-${at[0]}`)?.classList.add("lit");
    goal ||= part;
    centre(pane, goal, goal === part);
    requestAnimationFrame(() => centre(pane, goal, goal === part));
  }
  function centre(pane, goal, toTop) {
    const outer = pane.getBoundingClientRect(), inner = goal.getBoundingClientRect();
    pane.scrollTop += inner.top - outer.top - (toTop ? 8 : (outer.height - inner.height) / 2);
    if (inner.left < outer.left || inner.right > outer.right) pane.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
  }
  function light() {
    document.querySelectorAll("#pages [aria-current], #tables [aria-current]").forEach((each) => each.removeAttribute("aria-current"));
    const id = state.lit;
    if (!id) return;
    const value = state.data[state.place.paper]?.byId.get(id);
    for (const each of document.querySelectorAll(`#pages [data-box="${CSS.escape(id)}"], #tables tr[data-value="${CSS.escape(id)}"], .cells [data-value="${CSS.escape(id)}"]`)) each.setAttribute("aria-current", "true");
    if (value?.cell) document.querySelector(`[data-table="${CSS.escape(value.table)}"] [data-cell="${value.cell.join()}"]`)?.setAttribute("aria-current", "true");
  }
  function scrollToRow(target) {
    const part = document.querySelector(`#tables [data-table="${CSS.escape(target.table || "")}"]`);
    if (!part) return;
    part.open = true;
    part.make();
    const row = part.querySelector("tr[aria-current], [data-cell][aria-current]");
    if (matchMedia("(max-width: 52rem)").matches) return;
    const pane = $("tables"), goal = row || part;
    const outer = pane.getBoundingClientRect(), inner = goal.getBoundingClientRect();
    if (row && inner.top > outer.top && inner.bottom < outer.bottom) return;
    pane.scrollTop += inner.top - outer.top - (row ? outer.height * .4 : 0);
  }

  // What is known of the chosen value
  function detailOf(paper, value) {
    const facts = [
      ["Printed", value.raw || "nothing"], ["What", KINDS[value.line_type] || value.line_type], ["Year", value.field === "measure" ? "" : when(value)],
      ["Column", value.field === "measure" ? value.title : ""], ["Description", value.field === "measure" ? "" : value.description || value.title],
      ["Provider", value.provider], ["Mechanism", value.mechanism], ["Theme", value.theme], ["Area", value.area_name && `${value.area_name} ${value.area_code || ""}`],
      ["Comment", value.comment], ["Adding up", value.additive === false ? "leave this one out: a total, a shared fund or a copy" : ""],
      ["Estimated", value.estimated ? "yes" : ""], ["Copy of", value.duplicate_of], ["Correction", value.correction_id],
    ].filter(([, words]) => words);
    const heading = value.field === "code" ? value.code || value.raw : worth(value) || value.raw || "(blank)";
    const totals = paper.totals.filter((total) => total.figure === value.id || total.parts.includes(value.id));
    return [
      el("h2", { tabindex: "-1", id: "detail-title" }, heading, " ", el("small", {}, [value.field === "code" ? "" : named(value), when(value)].filter(Boolean).join(", "))),
      el("p", {}, badge(value.evidence), " ", EVIDENCE[value.evidence] || ""),
      verdictOf(paper, value),
      el("dl", {}, facts.flatMap(([name, words]) => [el("dt", {}, name), el("dd", {}, words)]), el("dt", {}, "Place"), el("dd", {}, where(paper, value.at))),
      totals.map((total) => totalOf(total, value)),
      value.findings.map((finding) => saidOf(finding)),
    ];
  }
  const saidOf = (finding) => el("p", { class: `said ${finding.severity}` }, el("span", { class: `badge ${finding.severity}` }, finding.severity), " ", pieces(finding.message), ` ${finding.suggestion || ""}`);
  function totalOf(total, value) {
    const wrong = total.status === "disagrees";
    const open = total.figure && total.figure !== value.id ? el("a", { href: address({ paper: state.place.paper, figure: total.figure }) }, "open the total") : null;
    return el("p", { class: wrong ? "said error" : "" }, wrong ? "✗ " : total.status === "agrees" ? "✓ " : "",
      `${total.figure === value.id ? "This total" : `Part of ${total.item}`}: ${total.explanation} `, open);
  }
  function findingDetail(paper, finding) {
    const own = paper.values.filter((value) => value.findings.includes(finding));
    const total = paper.totals.find((each) => finding.rule.startsWith("total-") && finding.message.includes(each.explanation) && each.table === finding.table);
    const parts = total ? total.parts.map((id) => paper.byId.get(id)).filter(Boolean) : own;
    return [
      el("h2", { tabindex: "-1", id: "detail-title" }, finding.rule.replaceAll("-", " "), " ", el("small", {}, where(paper, finding.at))),
      saidOf(finding),
      finding.raw ? el("dl", {}, el("dt", {}, "Printed"), el("dd", {}, finding.raw)) : null,
      total?.figure ? el("p", {}, "The total: ", valueButton(paper.byId.get(total.figure))) : null,
      parts.length ? el("p", {}, total ? "Its parts: " : "It concerns: ", parts.flatMap((value) => [valueButton(value, `${named(value)} ${when(value)} ${value.raw || ""}`), " "])) : null,
    ];
  }

  // Marks: what a person says of a value; kept in this browser until they are taken away as files
  const store = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* a browser that keeps nothing */ } };
  const stored = (key) => { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; } };
  const keyOf = (mark) => [mark.sha256, mark.field, mark.place].join("|");
  function marks() {
    const all = new Map(state.base.map((mark) => [keyOf(mark), mark]));
    for (const [key, mark] of Object.entries(stored(MARKS))) {
      if (mark.gone) all.delete(key);
      else all.set(key, mark);
    }
    return all;
  }
  const markOf = (value, paper = state.data[state.place.paper]) => marks().get(keyOf({ sha256: paper.sha256, field: value.field, place: value.place }));
  function setMark(paper, value, change) {
    const day = new Date().toISOString().slice(0, 10);
    const mark = {
      sha256: paper.sha256, file: paper.file, paper: paper.id, field: value.field, place: value.place, found: value.raw, figure: value.id,
      value: "", reason: "", initials: stored(SETTINGS).initials || "", made_on: day, ...change,
    };
    if (mark.verdict === "correct") mark.correction_id = [mark.initials, paper.sha256.slice(0, 8), mark.field, ...mark.place.match(/\d+/g)].join("-");
    store(MARKS, { ...stored(MARKS), [keyOf(mark)]: mark });
    store(SETTINGS, { ...stored(SETTINGS), initials: mark.initials });
    afterMark();
  }
  function unmark(key) {
    store(MARKS, { ...stored(MARKS), [key]: { gone: true } });
    afterMark();
  }
  function afterMark() {
    countMarks();
    const paper = state.data[state.place.paper];
    if (paper) {
      drawTables(paper);
      choose(paper);
    }
    if (state.place.view === "marks") showMarks();
    if (state.place.view === "sample") showSample();
  }
  function countMarks() {
    const all = marks(), verdicts = new Map([...all.values()].map((mark) => [`${mark.sha256}|${mark.place}`, mark.verdict]));
    $("mark-count").textContent = all.size || "";
    for (const need of document.querySelectorAll("#view-start .need")) {
      const verdict = verdicts.get(need.dataset.key);
      // A dispute is a mark too, but it settles nothing.
      need.classList.toggle("settled", ["agree", "correct"].includes(verdict));
      need.querySelector(".yours")?.remove();
      if (verdict) need.querySelector(".where").append(el("span", { class: "badge agreed yours" }, `you: ${verdict}`));
    }
  }

  function verdictOf(paper, value) {
    if (!value.place || !value.raw) return null;
    const mark = markOf(value, paper);
    const form = el("div", {});
    const button = (verdict, text, action) => el("button", { type: "button", id: `v-${verdict}`, "aria-pressed": String(mark?.verdict === verdict), onclick: action }, text);
    const agree = button("agree", "Agree", () => mark?.verdict === "agree" ? unmark(keyOf(mark)) : setMark(paper, value, { verdict: "agree" }));
    const dispute = button("dispute", "Dispute", () => askFor(form, paper, value, "dispute", mark));
    const correct = button("correct", "Correct", () => askFor(form, paper, value, "correct", mark));
    const said = mark ? el("p", { class: "hint" }, `${mark.initials || "You"} said ${mark.verdict}${mark.value ? ` to ${mark.value}` : ""} on ${mark.made_on}${mark.reason ? `: ${mark.reason}` : ""}. `,
      el("button", { type: "button", class: "value", onclick: () => unmark(keyOf(mark)) }, "Take it back")) : null;
    return [el("div", { class: "verdict", role: "group", "aria-label": "What do you say?" }, agree, dispute, correct), said, form];
  }
  function askFor(place, paper, value, verdict, mark) {
    const field = (name, label, given) => el("label", {}, label, el("input", { name, value: given || "", required: true, autocomplete: "off" }));
    const wrong = el("p", { class: "wrong", role: "alert" });
    const form = el("form", {
      class: "verdict-form", onsubmit: (event) => {
        event.preventDefault();
        const given = Object.fromEntries([...new FormData(form)].map(([name, words]) => [name, words.trim()]));
        const fault = faultOf(value, verdict, given);
        wrong.textContent = fault || "";
        if (!fault) setMark(paper, value, { verdict, ...given });
      },
    }, verdict === "correct" ? field("value", asked(value), mark?.value || (value.field === "code" ? value.code : "")) : null,
    field("reason", "Reason", mark?.reason), field("initials", "Your initials", mark?.initials || stored(SETTINGS).initials),
    el("button", { class: "primary" }, verdict === "correct" ? "Keep correction" : "Keep dispute"), wrong);
    form.noValidate = true;
    fill(place, form);
    form.querySelector("input").focus();
  }
  // What is printed may be in thousands; what a person writes is the whole amount.
  function asked(value) {
    const unit = value.field === "code" ? "" : value.field === "amount" || value.line_type === "GBP" ? ", in whole pounds" : value.line_type === "percent" ? ", in per cent" : "";
    return `Read ${value.raw} as${unit}${unit && value.amount_gbp ? ` (now ${worth(value)})` : ""}`;
  }
  function faultOf(value, verdict, given) {
    if (!given.reason || !given.initials) return "Please give a reason and your initials.";
    if (verdict !== "correct") return "";
    if (value.field === "amount" && !/^-?£?(\d{1,3}(,\d{3})+|\d+)(\.\d\d)?$/.test(given.value)) return "Please write an amount such as 1,250 or 1250.50.";
    if (value.field === "measure" && !/^-?£?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,4})?%?$/.test(given.value)) return "Please write a figure such as 1,250 or 38.9%.";
    if (value.field === "code" && !/^[A-Z]{1,3}\d{1,4}[a-z]?$/.test(given.value)) return "Please write one code such as CI400.";
    return "";
  }

  function csv(columns, rows) {
    const quoted = (text) => /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    return [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ""))].map((row) => row.map((text) => quoted(String(text))).join(",")).join("\n") + "\n";
  }
  function download(name, text) {
    const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  const CORRECTION = ["correction_id", "sha256", "file", "field", "place", "found", "value", "reason", "initials", "made_on"];
  const SIGNED = ["sha256", "file", "field", "place", "found", "figure", "verdict", "value", "reason", "initials", "made_on", "sample"];
  const corrections = () => [...marks().values()].filter((mark) => mark.verdict === "correct");
  function signed() {
    const all = new Map([...marks()].map(([key, mark]) => [key, { ...mark }]));
    for (const figure of state.sample?.figures || []) {
      const key = keyOf(figure);
      all.set(key, { ...figure, verdict: "", ...all.get(key), sample: state.sample.name });
    }
    return [...all.values()];
  }
  function downloads() {
    return el("div", { class: "actions" },
      el("button", { type: "button", class: "primary", id: "get-corrections", onclick: () => download("corrections.csv", csv(CORRECTION, corrections())) }, `Download corrections.csv (${corrections().length})`),
      el("button", { type: "button", class: "primary", id: "get-signoff", onclick: () => download("signoff.csv", csv(SIGNED, signed())) }, `Download signoff.csv (${signed().length})`));
  }
  function showMarks() {
    const all = [...marks()];
    const rows = all.map(([key, mark]) => el("tr", {},
      el("td", {}, mark.paper ? el("a", { href: address({ paper: mark.paper, figure: mark.figure }) }, mark.found) : mark.found), el("td", {}, mark.verdict),
      el("td", {}, mark.value), el("td", {}, mark.reason), el("td", {}, mark.initials), el("td", {}, mark.made_on), el("td", {}, mark.file),
      el("td", {}, el("button", { type: "button", "aria-label": `Take back ${mark.verdict} of ${mark.found}`, onclick: () => unmark(key) }, "Take back"))));
    const head = ["Printed", "You said", "Read as", "Reason", "Initials", "Day", "Paper", ""].map((text) => el("th", { scope: "col" }, text || el("span", { class: "unseen" }, "Take back")));
    fill($("marks"), el("p", { class: "intro" }, "Marks are kept in this browser only. Download both files and put them beside the papers; the next run applies the corrections, and puts what you dispute up for review, wherever the same words still stand; it says so where they do not."),
      downloads(), all.length ? el("div", { class: "scroll group", tabindex: "0", role: "region", "aria-label": "Marks" }, el("table", { class: "list" }, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows)))
        : el("p", { class: "empty" }, "Nothing is marked yet. Open a figure and agree, dispute or correct it."));
  }

  // A sample: figures to check one after the other
  function showSample() {
    const sample = state.sample;
    if (!sample) {
      fill($("sample"), el("p", { class: "intro" }, "No sample has been drawn from this run yet. This command draws 25 figures at random and lists them here:"),
        el("p", {}, el("kbd", {}, "panel-papers audit sample --n 25 --seed 7")));
      return;
    }
    const all = marks(), done = sample.figures.filter((figure) => all.has(keyOf(figure))).length;
    const rows = sample.figures.map((figure, i) => {
      const mark = all.get(keyOf(figure));
      const paper = state.papers.find((each) => each.id === figure.paper);
      const tick = el("input", {
        type: "checkbox", checked: mark?.verdict === "agree", "aria-label": `${figure.found}, ${figure.item}: agree`,
        onchange: () => mark?.verdict === "agree" ? unmark(keyOf(figure)) : setMark(paper, { ...figure, id: figure.figure, raw: figure.found }, { verdict: "agree" }),
      });
      return el("tr", {}, el("td", { class: "num" }, String(i + 1)), el("td", {}, tick),
        el("td", {}, el("a", { href: address({ paper: figure.paper, figure: figure.figure, sample: "1" }) }, figure.found)),
        el("td", {}, figure.item), el("td", {}, figure.year), el("td", { class: "num" }, pounds(figure.amount)),
        el("td", {}, figure.where, el("span", { class: "file" }, figure.file)), el("td", {}, mark && mark.verdict !== "agree" ? mark.verdict : ""));
    });
    const head = ["", "Agree", "Printed", "What", "Year", "Value", "Place", "Else"].map((text) => el("th", { scope: "col" }, text || el("span", { class: "unseen" }, "Number")));
    fill($("sample"), el("p", { class: "intro" }, `${sample.figures.length} of ${sample.of} figures, drawn at random (seed ${sample.seed}). Open each, hold it against the page, and agree, dispute or correct. ${done} of ${sample.figures.length} are signed off.`),
      downloads(), el("div", { class: "scroll group", tabindex: "0", role: "region", "aria-label": "Sample" }, el("table", { class: "list" }, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows))));
  }

  // Moving, zooming, searching
  function steps() {
    if (state.place.sample && state.sample) return state.sample.figures.map((figure) => ({ id: figure.figure, paper: figure.paper }));
    return (state.visible || []).filter((value) => value.at);
  }
  function step(by) {
    const list = steps();
    if (!list.length) return;
    const at = list.findIndex((each) => each.id === read().figure);
    const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length];
    go({ figure: next.id, ...(next.paper ? { paper: next.paper } : {}) });
  }
  function zoom(factor) {
    state.zoom = Math.min(4, Math.max(.5, state.zoom * factor));
    const pane = $("pages"), middle = (pane.scrollTop + pane.clientHeight / 2) / pane.scrollHeight;
    pane.style.setProperty("--zoom", state.zoom);
    pane.scrollTop = middle * pane.scrollHeight - pane.clientHeight / 2;
    $("zoom").textContent = `${Math.round(state.zoom * 100)}%`;
    document.querySelector("#pages [aria-current], .spot")?.scrollIntoView({ block: "center", inline: "center" });
  }
  function setMode(mode) {
    state.mode = mode;
    for (const each of ["rows", "cells"]) $(`mode-${each}`).setAttribute("aria-pressed", String(each === mode));
    const paper = state.data[state.place.paper];
    if (!paper) return;
    drawTables(paper);
    choose(paper);
  }
  const folded = (text) => text.toLowerCase().replace(/[£,\s]/g, "");
  function search() {
    const query = folded($("query").value), found = $("found");
    found.hidden = query.length < 2;
    if (found.hidden) return void ($("found-count").textContent = "");
    const rank = ([, , raw, item]) => Number(folded(raw) !== query && folded(item) !== query);
    const hits = state.search.filter(([, , raw, item, title]) => [raw, item, title].some((text) => folded(text).includes(query)))
      .sort((a, b) => rank(a) - rank(b));
    const titles = Object.fromEntries(state.papers.map((paper) => [paper.id, paper.title]));
    const items = hits.slice(0, 40).map(([paper, id, raw, item, , year, place]) => el("li", {},
      el("a", { href: address({ paper, figure: id }), onclick: () => { found.hidden = true; } }, el("b", {}, raw), el("span", {}, [item, year].filter(Boolean).join(", ")), el("small", {}, [titles[paper], place].filter(Boolean).join(", ")))));
    fill(found, items.length ? el("ul", {}, items) : el("p", {}, "Nothing that was read matches."), hits.length > 40 ? el("p", {}, `and ${hits.length - 40} more`) : null);
    $("found-count").textContent = `${hits.length} found`;
  }

  const KEYS = {
    n: () => step(1), p: () => step(-1), "+": () => zoom(1.25), "-": () => zoom(.8), "/": () => $("query").focus(), "?": () => $("keys").showModal(),
    a: () => $("v-agree")?.click(), d: () => $("v-dispute")?.click(), c: () => $("v-correct")?.click(),
  };
  function onKey(event) {
    if (event.key === "Escape") $("found").hidden = true;
    const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea, dialog");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !$("keys-on").checked) return;
    const act = KEYS[event.key];
    if (!act || (state.place.paper ? false : !["/", "?"].includes(event.key))) return;
    event.preventDefault();
    act();
  }
  function begin() {
    for (const name of ["table", "field", "evidence", "rule"]) $(`f-${name}`).addEventListener("change", (event) => go({ [name]: event.target.value, figure: state.place.figure || "" }));
    $("f-paper").addEventListener("change", (event) => { location.hash = address({ paper: event.target.value }); });
    $("prev").addEventListener("click", () => step(-1));
    $("next").addEventListener("click", () => step(1));
    $("larger").addEventListener("click", () => zoom(1.25));
    $("smaller").addEventListener("click", () => zoom(.8));
    $("help").addEventListener("click", () => $("keys").showModal());
    $("mode-rows").addEventListener("click", () => setMode("rows"));
    $("mode-cells").addEventListener("click", () => setMode("cells"));
    $("query").addEventListener("input", search);
    $("keys-on").checked = stored(SETTINGS).keys !== false;
    $("keys-on").addEventListener("change", (event) => store(SETTINGS, { ...stored(SETTINGS), keys: event.target.checked }));
    document.addEventListener("keydown", onKey);
    document.addEventListener("click", (event) => { if (!event.target.closest(".search")) $("found").hidden = true; });
    addEventListener("hashchange", route);
    countMarks();
    route();
  }
  document.addEventListener("DOMContentLoaded", begin);

  return {
    index: (given) => Object.assign(state, given),
    marks: ({ corrections: own = [], signoff = [] }) => {
      const ids = Object.fromEntries(state.papers.map((paper) => [paper.sha256, paper.id]));
      const rows = [...signoff.filter((row) => row.verdict), ...own.map((row) => ({ ...row, verdict: "correct" }))];
      state.base = rows.map((row) => ({ ...row, paper: ids[row.sha256] || "" }));
    },
    sample: (given) => { state.sample = given; },
    paper: arrived,
  };
})();
