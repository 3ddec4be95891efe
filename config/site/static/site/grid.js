// The order grid: the keyboard moves between quantities, the server counts while one types, and what was typed
// outlives a lost network on this device. The page works without it.
(() => {
  "use strict";
  const form = document.querySelector("[data-grid]");
  if (!form) return;
  const boxes = () => [...form.querySelectorAll("input[name^='antal-']")];
  const version = form.elements.version;
  const changed = form.elements.andrad;
  const place = `varukorg:${location.pathname}`;
  const store = {
    read() { try { return JSON.parse(localStorage.getItem(place)); } catch { return null; } },
    write(held) { try { localStorage.setItem(place, JSON.stringify(held)); } catch { /* a private window */ } },
    drop() { try { localStorage.removeItem(place); } catch { /* a private window */ } },
  };
  const notice = (words) => {
    const said = document.createElement("p");
    said.className = "finding warn";
    said.textContent = words;
    document.getElementById("grid-notice").replaceChildren(said);
  };
  for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;

  // ---- Counting while one types
  const touched = new Set();
  let waiting = 0;
  const count = (box) => {
    touched.add(box.name.slice("antal-".length));
    changed.value = [...touched].join(",");
    clearTimeout(waiting);
    waiting = setTimeout(() => document.getElementById("rakna").dispatchEvent(new Event("rakna")), 350);
  };
  form.addEventListener("input", (event) => {
    if (!event.target.name.startsWith("antal-")) return;
    const held = store.read() || { version: version.value, typed: {} };
    held.typed[event.target.name] = event.target.value;
    delete held.sent;
    store.write(held);
    count(event.target);
  });

  // ---- What was typed before the network, the browser or the shift ended
  const held = store.read();
  if (held && held.sent && held.version !== version.value) store.drop(); // it arrived
  else if (held) {
    let restored = false;
    for (const box of boxes()) {
      const typed = held.typed[box.name];
      if (typed === undefined || typed === box.value) continue;
      box.value = typed;
      restored = true;
      count(box);
    }
    if (restored) {
      version.value = held.version; // somebody saved meanwhile: the house shows both versions
      notice(form.dataset.restored);
    } else if (!held.sent) store.drop();
  }
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      notice(form.dataset.offline);
      return;
    }
    const now = store.read();
    if (now) store.write({ ...now, sent: true });
  });

  // ---- The keyboard
  const move = (from, by) => {
    const all = boxes();
    const next = all[all.indexOf(from) + by];
    if (!next) return;
    next.focus();
    next.select();
  };
  form.addEventListener("keydown", (event) => {
    const box = event.target;
    if (!box.name || !box.name.startsWith("antal-") || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey)) move(box, 1);
    else if (event.key === "ArrowUp" || (event.key === "Enter" && event.shiftKey)) move(box, -1);
    else return;
    event.preventDefault();
  });
  form.elements.q.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    form.querySelector("[name='do'][value='sok']").click();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    form.elements.q.focus();
  });
})();
