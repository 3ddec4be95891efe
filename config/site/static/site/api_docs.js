// Swagger UI over the house's own document. A try by session carries the CSRF token of the cookie.

const place = document.getElementById("swagger-ui");

const csrfToken = () => {
  const found = document.cookie.split("; ").find((each) => each.startsWith("csrftoken="));
  return found ? found.slice("csrftoken=".length) : "";
};

// Swagger UI goes from its title at once to the third level; who reads by headings is told the true ones.
const LEVELS = [["h3", 2], ["h4", 3], [".models h4", 2], ["h5", 4]];

new MutationObserver(() => {
  for (const [heading, level] of LEVELS) {
    for (const each of place.querySelectorAll(heading)) {
      each.setAttribute("aria-level", level);
    }
  }
  const about = place.querySelector(".information-container");
  if (about) {
    about.setAttribute("role", "region");
    about.setAttribute("aria-label", "About this API");
  }
}).observe(place, { childList: true, subtree: true });

window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  docExpansion: "none",
  validatorUrl: null,
  presets: [window.SwaggerUIBundle.presets.apis],
  requestInterceptor: (request) => {
    if (!["GET", "HEAD", undefined].includes(request.method)) {
      request.headers["X-CSRFToken"] = csrfToken();
    }
    return request;
  },
});
