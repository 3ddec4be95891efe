// Swagger UI over the house's own document. A try by session carries the CSRF token of the cookie.

const place = document.getElementById("swagger-ui");

const csrfToken = () => {
  const found = document.cookie.split("; ").find((each) => each.startsWith("csrftoken="));
  return found ? found.slice("csrftoken=".length) : "";
};

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
