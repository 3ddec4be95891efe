// Keeps the page itself at hand (not its figures): network first, and what came last when there is none.
"use strict";
const STORE = "bygdemat-1";

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
// A page that was there before its worker says what it is made of, so that it opens without network from the first day on.
self.addEventListener("message", (event) => event.waitUntil((async () => {
  const store = await caches.open(STORE);
  await Promise.all(event.data.keep.map(async (address) => {
    const reply = await fetch(address, { cache: "no-cache" });
    if (reply.ok) await store.put(address, reply);
  }));
})()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const ours = url.origin === location.origin && (request.mode === "navigate" || url.pathname.startsWith("/static/"));
  if (request.method !== "GET" || !ours) return;
  event.respondWith((async () => {
    const store = await caches.open(STORE);
    try {
      const reply = await fetch(request);
      if (reply.ok) await store.put(request, reply.clone());
      return reply;
    } catch (fault) {
      const last = await store.match(request, { ignoreVary: true });
      if (last) return last;
      throw fault;
    }
  })());
});
