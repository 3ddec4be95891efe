// The farm's pages on a bad network: what is typed is kept on the phone, what is sent is sent once, and the page
// says what is not sent yet. Beside that the price per kg beside the price. Every page works without it.
(() => {
  "use strict";
  const swedish = document.documentElement.lang === "sv";
  const QUEUE = "bygdemat.queue";
  const read = (key, empty) => { try { return JSON.parse(localStorage.getItem(key)) ?? empty; } catch { return empty; } };
  const write = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } };
  const drop = (key) => { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } };

  // ---- What is not sent yet ----
  const place = document.querySelector("[data-unsent]");
  const words = place ? place.dataset : {};
  const say = () => {
    if (!place) return;
    const queue = read(QUEUE, []);
    place.hidden = queue.length === 0;
    place.querySelector("[data-unsent-title]").textContent = words.title;
    const list = place.querySelector("ul");
    list.replaceChildren(...queue.map((each) => {
      const row = document.createElement("li");
      const link = document.createElement("a");
      link.href = each.page;
      link.textContent = each.label;
      row.append(link, " – ", each.why ? words[each.why === "sign_in" ? "sign_in" : each.why] : words.waits);
      return row;
    }));
  };

  const reached = async () => {
    if (navigator.onLine === false) return false;
    try {
      return (await fetch("/halsa/", { cache: "no-store", signal: AbortSignal.timeout(5000) })).ok;
    } catch { return false; }
  };

  const cookie = (name) => (document.cookie.split("; ").find((each) => each.startsWith(`${name}=`)) || "").slice(name.length + 1);
  let sending = false;
  const send = async () => {
    const waiting = read(QUEUE, []).filter((each) => each.why !== "refused");
    if (sending || waiting.length === 0 || !(await reached())) return;
    sending = true;
    for (const each of waiting) {
      let why = "waits";
      try {
        const body = new URLSearchParams(each.fields);
        body.delete("csrfmiddlewaretoken");
        const answer = await fetch(each.to, {
          method: "POST", body, signal: AbortSignal.timeout(20000), headers: { "X-CSRFToken": cookie("csrftoken") },
        });
        if (answer.url.includes("/logga-in/")) why = "sign_in";
        else if (answer.ok) why = "";
        else if (answer.status >= 400 && answer.status < 500) why = "refused";
      } catch { /* still no network: it waits */ }
      const rest = read(QUEUE, []).filter((other) => other.once !== each.once);
      if (why) write(QUEUE, [...rest, { ...each, why }]);
      else { write(QUEUE, rest); drop(each.keep); }
      // What was not taken is a draft of its page again, so that it can be mended there.
      if (why === "refused") write(each.keep, each.fields);
    }
    sending = false;
    say();
  };

  // ---- Drafts ----
  const NEVER = new Set(["csrfmiddlewaretoken"]);
  const fieldsOf = (form, submitter) => {
    const data = new FormData(form);
    if (submitter && submitter.name) data.append(submitter.name, submitter.value);
    return [...data].filter(([name, value]) => typeof value === "string" && !NEVER.has(name));
  };

  const restore = (form, fields) => {
    const wanted = new Map();
    for (const [name, value] of fields) wanted.set(name, [...(wanted.get(name) || []), value]);
    for (const field of form.elements) {
      if (!field.name || NEVER.has(field.name) || field.type === "file" || field.type === "submit") continue;
      const values = wanted.get(field.name) || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const keep = (form) => {
    const key = `bygdemat.draft.${form.dataset.keep}`;
    const fresh = !form.querySelector("[role=alert], .error"); // after a fault the server's page holds what was typed
    const draft = read(key, null);
    if (draft && fresh) {
      restore(form, draft);
      const note = form.querySelector("[data-draft]");
      if (note) {
        note.hidden = false;
        note.querySelector("button").addEventListener("click", () => { drop(key); location.reload(); });
      }
    }
    form.addEventListener("input", () => write(key, fieldsOf(form)));
    let sure = false;
    form.addEventListener("submit", async (event) => {
      if (sure) return;
      event.preventDefault();
      const submitter = event.submitter;
      const fields = fieldsOf(form, submitter);
      if (await reached()) {
        write(key, fields);
        write("bygdemat.sent", key);
        sure = true;
        form.requestSubmit(submitter);
        return;
      }
      const once = (fields.find(([name]) => name === "once") || ["", String(Date.now())])[1];
      const entry = { once, keep: key, to: form.action, page: location.pathname + location.search, label: form.dataset.label, fields };
      const others = read(QUEUE, []).filter((each) => each.once !== once);
      if (write(QUEUE, [...others, entry])) { say(); place.scrollIntoView(); place.focus(); }
      else { sure = true; form.requestSubmit(submitter); } // nothing can be kept: the browser tells of the network
    });
  };

  const forms = [...document.querySelectorAll("form[data-keep]")];
  const sent = read("bygdemat.sent", null);
  if (sent && !forms.some((form) => `bygdemat.draft.${form.dataset.keep}` === sent)) drop(sent); // it was taken: another page came
  drop("bygdemat.sent");
  for (const form of forms) keep(form);

  // ---- The price per kg ----
  const number = (text) => Number(String(text).replace(/[\s\u00a0\u202f']/g, "").replace(",", "."));
  const shown = (value) => value.toLocaleString(swedish ? "sv-SE" : "en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  for (const form of document.querySelectorAll("form[data-offer]")) {
    const packs = JSON.parse(form.dataset.packs);
    const price = form.elements.own_price_sek;
    if (!price) continue;
    const told = form.querySelector("[data-per-kg]");
    const show = () => {
      const pack = packs[form.elements.pack.value];
      form.querySelector("[data-price]").hidden = Boolean(pack) && !pack.open && !price.value;
      const perKg = pack && pack.kg && pack.per === "pack" ? number(price.value) / Number(pack.kg) : NaN;
      told.textContent = perKg > 0 && Number.isFinite(perKg) ? told.dataset.words.replace("{price}", shown(perKg)) : "";
    };
    form.addEventListener("input", show);
    form.addEventListener("change", show);
    show();
  }

  say();
  send();
  window.addEventListener("online", send);
  setInterval(send, 15000);
})();
