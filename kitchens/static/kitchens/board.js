// The board renews itself every minute. Without network it keeps its last figures and says from when they are.
(() => {
  "use strict";
  const now = document.getElementById("now");
  const stale = document.getElementById("stale");
  const url = now.dataset.url;
  const KEY = `board:${url}:${document.documentElement.lang}`;
  const EVERY = 60000;
  let tag = "";

  const keep = (html, at) => {
    try { localStorage.setItem(KEY, JSON.stringify({ html, at })); } catch { /* a full or closed store: the page still holds it */ }
  };
  const kept = () => {
    try { return JSON.parse(localStorage.getItem(KEY)); } catch { return null; }
  };
  const clock = () => new Date().toISOString();
  const told = (instant) => new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: "long", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Stockholm",
  }).format(new Date(instant));

  async function look() {
    try {
      const reply = await fetch(url, { cache: "no-store", credentials: "same-origin", headers: tag ? { "If-None-Match": tag } : {} });
      if (reply.status !== 304) {
        if (!reply.ok) throw new Error(String(reply.status));
        tag = reply.headers.get("ETag") || "";
        now.innerHTML = await reply.text();
      }
      keep(now.innerHTML, clock());
      stale.textContent = "";
    } catch {
      const last = kept();
      if (!last) return;
      if (now.innerHTML !== last.html) now.innerHTML = last.html;
      stale.textContent = `${stale.dataset.words} ${told(last.at)}.`;
    }
  }

  if ("serviceWorker" in navigator) {
    const parts = [location.href, ...[...document.querySelectorAll("link[href], script[src]")].map((part) => part.href || part.src)];
    navigator.serviceWorker.register(now.dataset.worker, { scope: location.pathname }).catch(() => {});
    navigator.serviceWorker.ready.then(({ active }) => active.postMessage({ keep: parts }));
  }
  look();
  setInterval(look, EVERY);
  addEventListener("online", look);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
})();
