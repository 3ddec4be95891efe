// The farm's pages: the price per kg beside the price, and which fields a pack needs. Every page works without it.
(() => {
  "use strict";
  const swedish = document.documentElement.lang === "sv";
  const number = (text) => Number(String(text).replace(/[\s\u00a0\u202f']/g, "").replace(",", "."));
  const shown = (value) => value.toLocaleString(swedish ? "sv-SE" : "en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

  const offer = (form) => {
    const packs = JSON.parse(form.dataset.packs);
    const price = form.elements.own_price_sek;
    const told = form.querySelector("[data-per-kg]");
    if (!price) return;
    const show = () => {
      const pack = packs[form.elements.pack.value];
      form.querySelector("[data-price]").hidden = Boolean(pack) && !pack.open && !price.value;
      const perKg = pack && pack.kg && pack.per === "pack" ? number(price.value) / Number(pack.kg) : NaN;
      told.textContent = perKg > 0 && Number.isFinite(perKg) ? told.dataset.words.replace("{price}", shown(perKg)) : "";
    };
    form.addEventListener("input", show);
    form.addEventListener("change", show);
    show();
  };

  for (const form of document.querySelectorAll("form[data-offer]")) offer(form);
})();
