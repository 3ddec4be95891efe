// One tap a person: kept on the tablet until the house has counted it, each under a key of its own.
(() => {
  "use strict";
  const { body } = document;
  const buttons = [...document.querySelectorAll("[data-role]")];
  const said = document.getElementById("said");
  const state = document.getElementById("state");
  const KEY = `taps:${location.pathname}`;
  const REST = 1500; // a second press within this is the same hand
  const AT_ONCE = 200;
  const AGAIN = 15000;
  const [OK, CONFLICT, GONE, INVALID, TOO_MANY] = [200, 409, 410, 422, 429];
  let memory = [];
  let resting = false;
  let sending = false;
  let timer = 0;

  const read = () => {
    try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch { return memory; }
  };
  const write = (taps) => {
    memory = taps;
    try { localStorage.setItem(KEY, JSON.stringify(taps)); } catch { /* without a store they live as long as the page */ }
  };
  const drop = (sent) => {
    const gone = new Set(sent.map((tap) => tap.key));
    write(read().filter((tap) => !gone.has(tap.key)));
  };
  // A page over plain http has no crypto.randomUUID.
  const uuid = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  };
  const later = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(send, milliseconds);
  };
  const close = () => {
    write([]);
    said.textContent = "";
    state.textContent = body.dataset.closed;
    for (const button of buttons) button.disabled = true;
  };

  async function send() {
    const taps = read().slice(0, AT_ONCE);
    if (sending || !taps.length) return;
    sending = true;
    try {
      const reply = await fetch(location.pathname, {
        method: "POST",
        credentials: "omit",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ taps }),
      });
      if (reply.status === GONE) {
        close();
      } else if ([OK, CONFLICT, INVALID].includes(reply.status)) {
        drop(taps);
        state.textContent = "";
        if (read().length) later(0);
      } else {
        later(reply.status === TOO_MANY ? 1000 * Number(reply.headers.get("Retry-After") || 15) : AGAIN);
      }
    } catch {
      state.textContent = body.dataset.waiting;
      later(AGAIN);
    }
    sending = false;
  }

  function take(event) {
    if (resting) return;
    resting = true;
    const button = event.currentTarget;
    write([...read(), { key: uuid(), role: button.dataset.role, at: new Date().toISOString() }]);
    button.classList.add("taken");
    for (const each of buttons) each.setAttribute("aria-disabled", "true");
    said.textContent = body.dataset.thanks;
    send();
    setTimeout(() => {
      resting = false;
      button.classList.remove("taken");
      for (const each of buttons) each.removeAttribute("aria-disabled");
      said.textContent = "";
    }, REST);
  }

  for (const button of buttons) button.addEventListener("click", take);
  addEventListener("online", send);
  if ("serviceWorker" in navigator) {
    const parts = [location.href, ...[...document.querySelectorAll("link[href], script[src]")].map((part) => part.href || part.src)];
    navigator.serviceWorker.register(body.dataset.worker, { scope: location.pathname }).catch(() => {});
    navigator.serviceWorker.ready.then(({ active }) => active.postMessage({ keep: parts }));
  }
  send();
  setInterval(send, 60000);
})();
