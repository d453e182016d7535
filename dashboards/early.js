// Hears everything from the first moment; what is done before the connection stands waits in line.
(() => {
  const LARGEST = 1_000_000, PAUSE = 250;
  let send = null, typing = null;
  const waiting = [];
  const tell = (message) => (send === null ? waiting.push(message) : send(message));
  const page = (window.fairshare = {
    connect(to) { send = to; waiting.splice(0).forEach(to); document.documentElement.dataset.connected = "yes"; },
    link(token) {
      const address = new URL(location.href);
      if (token) address.searchParams.set("see", token); else address.searchParams.delete("see");
      history.replaceState(null, "", address);
      const field = document.getElementById("link");
      if (field !== null) field.value = token ? address.href : "";
    },
    echo(field) {
      // A long number is said again beside its box, with its thousands apart.
      const place = document.getElementById(`${field.id}-echo`);
      if (place === null) return;
      const unit = place.dataset.unit, long = Math.abs(field.value) >= 10_000;
      const apart = Math.abs(field.value).toLocaleString("en-GB"), sign = field.value < 0 ? "\u2212" : "";
      place.textContent = !long ? unit : unit.startsWith("\u00a3") ? `${sign}\u00a3${apart}${unit.slice(1)}` : `${sign}${apart} ${unit}`;
    },
    tell,
  });

  const twin = (field) => document.getElementById(field.id.endsWith("-slider") ? field.id.slice(0, -7) : `${field.id}-slider`);
  const valueOf = (field) => (field.type === "checkbox" ? field.checked : field.value);
  const release = (field) => {
    document.documentElement.dataset.done = "";
    window.fairshareReleased = performance.now();
    tell({ do: field.dataset.do, id: field.id.replace(/-slider$/, ""), value: valueOf(field) });
  };

  document.addEventListener("input", ({ target }) => {
    if (target.dataset?.do !== "move" || target.type === "checkbox") return;
    const other = twin(target);
    if (other !== null && target.value !== "") other.value = target.value;
    page.echo(target.type === "range" ? other : target);
  });
  let pressed = false;
  document.addEventListener("keydown", ({ key }) => { pressed = /^(Arrow|Page|Home|End)/.test(key); }, true);
  document.addEventListener("pointerdown", () => { pressed = false; }, true);
  document.addEventListener("change", ({ target }) => {
    if (target.dataset?.do === "upload") { upload(target); return; }
    if (!target.dataset?.do) return;
    clearTimeout(typing);
    // Arrow keys change a value at each press: wait until they rest.
    if (pressed && target.dataset.do === "move") typing = setTimeout(() => release(target), PAUSE);
    else release(target);
  });
  document.addEventListener("click", ({ target }) => {
    const place = target.closest?.("[data-area]"), list = document.getElementById("area");
    if (place && list) { list.value = place.dataset.area; release(list); return; }
    const button = target.closest?.("button[data-do]");
    if (!button) return;
    if (button.dataset.do === "copy") {
      const field = document.getElementById(button.dataset.what ?? "link"), told = button.dataset.told ?? "The link is copied.";
      field.select();
      navigator.clipboard?.writeText(field.value).catch(() => {});
      document.getElementById("said").textContent = told;
      document.getElementById(button.dataset.what ? `${button.dataset.what}-copied` : "copied").textContent = told;
      return;
    }
    if (button.dataset.do === "print") { window.print(); return; }
    tell({ do: button.dataset.do, id: button.dataset.what ?? button.id, value: document.getElementById(button.dataset.from)?.value ?? "" });
  });
  const upload = async (field) => {
    const file = field.files[0];
    if (!file) return;
    const message = { do: "upload", id: field.id, name: file.name, size: file.size, value: "" };
    if (file.size <= LARGEST) {
      try {
        message.value = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
      } catch { message.unreadable = true; }
    }
    tell(message);
    field.value = "";
  };

  document.addEventListener("DOMContentLoaded", () => {
    const watch = setInterval(() => {
      const documents = window.Bokeh?.documents ?? [];
      if (!documents.length) return;
      clearInterval(watch);
      documents[0].on_event?.("connection_lost", () => { document.getElementById("lost").hidden = false; });
      documents[0].on_event?.("client_reconnected", () => { document.getElementById("lost").hidden = true; });
    }, 200);
    const field = document.getElementById("link");
    if (field?.dataset.token) page.link(field.dataset.token);
    document.querySelectorAll("input[type=number]").forEach(page.echo);
    const opened = () => { for (const each of document.querySelectorAll("details")) each.open = true; };
    window.addEventListener("beforeprint", opened);
  });
})();
