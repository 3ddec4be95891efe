// The little that HTML can't do alone. Loaded in <head> without defer, so that the chosen theme stands before
// the first paint. Every page works without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const wishesDark = window.matchMedia("(prefers-color-scheme: dark)");

  const stored = (key) => {
    try { return localStorage.getItem(key); } catch { return null; } // private windows may refuse storage
  };
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : wishesDark.matches);
  const showTheme = () => {
    root.toggleAttribute("data-dark-now", isDark());
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.setAttribute("aria-pressed", String(isDark()));
    }
  };

  root.classList.add("js");
  const chosen = stored("theme");
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  showTheme();
  wishesDark.addEventListener("change", showTheme);
  document.addEventListener("DOMContentLoaded", showTheme);

  const switchTheme = () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* holds for this page only */ }
    showTheme();
  };

  const toggleMenu = (button) => {
    const open = document.getElementById(button.getAttribute("aria-controls")).classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
  };

  // Whole steps in the last decimal of the step, so that 0,1 + 0,2 is 0,3.
  const step = (button) => {
    const input = button.closest(".stepper").querySelector("input");
    const number = (text) => Number(String(text).replace(/\s/g, "").replace("−", "-").replace(",", "."));
    const size = input.dataset.step || "1";
    const places = (size.split(".")[1] || "").length;
    const scale = 10 ** places;
    const sum = Math.round((number(input.value) || 0) * scale) + Math.round(number(size) * scale) * Number(button.dataset.step);
    const least = number(input.dataset.min || "0");
    const most = input.dataset.max ? number(input.dataset.max) : Infinity;
    const value = Math.min(Math.max(sum / scale, least), most).toFixed(places);
    input.value = root.lang === "sv" ? value.replace(".", ",") : value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("themeSwitch" in button.dataset) switchTheme();
    else if ("menu" in button.dataset) toggleMenu(button);
    else if ("step" in button.dataset) step(button);
    else if ("print" in button.dataset) window.print();
    else if ("back" in button.dataset) history.back(); // the browser keeps what was typed
    else if ("dismiss" in button.dataset) button.closest("[data-dismissable]").remove();
    else if (button.dataset.open) document.getElementById(button.dataset.open).showModal();
    else if ("close" in button.dataset) button.closest("dialog").close();
  });

  // A sheet under a summary closes with Escape or a click beside it.
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.user-menu[open]")) {
      if (!except || !menu.contains(except)) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details.user-menu[open]");
    closeMenus(null);
    if (menu) menu.querySelector("summary").focus();
  });
})();
