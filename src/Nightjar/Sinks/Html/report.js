"use strict";
(() => {
  const findings = [...document.querySelectorAll(".finding")];
  const PRINT_LIMIT = 200;

  // Details of a large report stand in noscript as text until they are wanted.
  const build = details => {
    const text = details.querySelector(":scope > noscript");
    if (!text) return;
    const body = document.createElement("template");
    body.innerHTML = text.textContent;
    fill(body.content);
    text.replaceWith(body.content);
  };
  // The text of a playbook stands once; here it gets the finding's own values.
  const fill = finding => {
    const values = finding.querySelector("[data-form]");
    const form = values && document.getElementById(values.dataset.form);
    if (!form) return;
    const codes = [...values.querySelectorAll("dd code")].map(code => code.textContent);
    const playbook = document.createElement("details");
    playbook.className = "block playbook";
    const summary = document.createElement("summary");
    summary.textContent = values.dataset.title;
    playbook.append(summary, ...form.cloneNode(true).childNodes);
    for (const heading of playbook.querySelectorAll("h3")) {
      const own = document.createElement("h6");
      own.textContent = heading.textContent;
      heading.replaceWith(own);
    }
    for (const blank of playbook.querySelectorAll("[data-blank]")) blank.textContent = codes[blank.dataset.blank];
    values.replaceWith(playbook);
  };
  document.addEventListener("toggle", event => {
    if (event.target.open && event.target.matches("details.more")) build(event.target);
  }, true);

  const open = article => {
    const details = article.querySelector("details.more");
    build(details);
    details.open = true;
  };
  const follow = () => {
    // Ids hold nothing that an address would escape.
    const target = document.getElementById(location.hash.slice(1));
    if (!target || !target.matches(".finding")) return;
    target.hidden = false;
    for (let group = target.parentElement; group; group = group.parentElement) group.hidden = false;
    open(target);
    target.scrollIntoView();
  };
  addEventListener("hashchange", follow);

  let opened = [];
  addEventListener("beforeprint", () => {
    const shown = findings.filter(article => !article.hidden);
    if (shown.length > PRINT_LIMIT) return;
    opened = shown.filter(article => !article.querySelector("details.more").open);
    opened.forEach(open);
  });
  addEventListener("afterprint", () => {
    for (const article of opened) article.querySelector("details.more").open = false;
    opened = [];
  });

  const tools = document.getElementById("tools");
  if (tools) prepare(tools);
  if (location.hash) follow();

  function prepare(form) {
    const filter = document.getElementById("filter");
    const order = document.getElementById("order");
    const shown = document.getElementById("shown");
    const none = document.getElementById("none");
    const groups = document.getElementById("groups");
    const boxes = [...form.querySelectorAll("input[name=severity]")];
    const number = new Intl.NumberFormat("en");
    const items = findings.map((article, place) => ({
      article, place,
      text: (article.querySelector(".head").textContent + " " + article.dataset.search).toLowerCase(),
      severity: article.dataset.severity,
      time: Number(article.dataset.time),
    }));

    const apply = () => {
      const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
      const levels = new Set(boxes.filter(box => box.checked).map(box => box.value));
      let count = 0;
      for (const item of items) {
        const fits = levels.has(item.severity) && words.every(word => item.text.includes(word));
        if (item.article.hidden === fits) item.article.hidden = !fits;
        if (fits) count++;
      }
      for (const group of groups.querySelectorAll(".app, .device"))
        group.hidden = !group.querySelector(".finding:not([hidden])");
      none.hidden = count > 0;
      shown.textContent = count === items.length
        ? number.format(count) + (count === 1 ? " finding" : " findings")
        : number.format(count) + " of " + number.format(items.length) + " findings shown";
    };

    const sort = () => {
      const by = {
        gravity: (a, b) => a.place - b.place,
        oldest: (a, b) => a.time - b.time || a.place - b.place,
        newest: (a, b) => b.time - a.time || a.place - b.place,
      }[order.value];
      // A group stands where its first finding would; appending in order moves each group to its place once.
      const moved = new Set();
      for (const item of [...items].sort(by)) {
        const app = item.article.parentElement;
        const device = app.parentElement;
        app.append(item.article);
        if (!moved.has(app)) device.append(app);
        if (!moved.has(device)) groups.append(device);
        moved.add(app).add(device);
      }
    };

    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("input", event => { if (event.target !== order) apply(); });
    order.addEventListener("change", sort);
    apply();
    form.hidden = false;
  }
})();
