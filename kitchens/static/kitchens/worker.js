// Keeps the page itself at hand (not its figures): network first, and what came last when there is none.
"use strict";
const STORE = "bygdemat-1";

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
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
      const last = await store.match(request);
      if (last) return last;
      throw fault;
    }
  })());
});
