// Joins the page to its session: what a person does goes to the server as one message; what comes back is put in its place.
// The page itself is plain HTML; `early.js` keeps what is done before this has loaded.
export function render({ model }) {
  const page = window.fairshare;

  const put = (pieces) => {
    for (const [id, html] of Object.entries(pieces)) {
      const place = document.getElementById(id);
      if (place !== null && place.innerHTML !== html) {
        const open = new Set([...place.querySelectorAll("details[open][id]")].map((each) => each.id));
        const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
        place.innerHTML = html;
        for (const each of place.querySelectorAll("details[id]")) if (open.has(each.id)) each.open = true;
        if (focused) (document.getElementById(focused) ?? document.getElementById(place.dataset.focus))?.focus({ preventScroll: true });
      }
    }
  };

  const set = (values) => {
    for (const [id, value] of Object.entries(values)) {
      const field = document.getElementById(id);
      if (field === null) continue;
      if (field.type === "checkbox") field.checked = value === true;
      else field.value = value;
      const slider = document.getElementById(`${id}-slider`);
      if (slider !== null) slider.value = value;
      page.echo(field);
    }
  };

  const mark = (wrong) => {
    for (const each of document.querySelectorAll("[aria-invalid=true]")) each.removeAttribute("aria-invalid");
    for (const each of document.querySelectorAll(".wrong")) each.textContent = "";
    for (const [id, sentence] of Object.entries(wrong)) {
      document.getElementById(id)?.setAttribute("aria-invalid", "true");
      const place = document.getElementById(`${id}-wrong`);
      if (place !== null) place.textContent = sentence;
    }
  };

  const save = ({ name, kind, text, base64 }) => {
    const content = base64 === undefined ? text : Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
    const address = URL.createObjectURL(new Blob([content], { type: kind }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };

  model.on("msg:custom", (event) => {
    const told = event.data ?? event;
    if (told.put) put(told.put);
    if (told.set) set(told.set);
    if (told.wrong) mark(told.wrong);
    if (told.title) document.title = told.title;
    if (told.link !== undefined) page.link(told.link);
    if (told.state) {
      const state = document.getElementById("state");
      state.textContent = told.state.text;
      state.dataset.busy = told.state.busy ? "yes" : "no";
    }
    if (told.save) save(told.save);
    if (told.said) document.getElementById("said").textContent = told.said;
    if (told.done === "whole") quietenSoon();
    if (told.done) document.documentElement.dataset.done = told.done;
  });

  // A chart's canvas says nothing to a keyboard or a screen reader: its words and its table stand beside it.
  const quieten = (node) => {
    if (node.tabIndex >= 0) node.tabIndex = -1;
    for (const child of node.children) quieten(child);
    if (node.shadowRoot !== null) for (const child of node.shadowRoot.children) quieten(child);
  };
  const quietenSoon = () => {
    for (const pause of [0, 300, 1000, 3000]) setTimeout(() => document.querySelectorAll(".picture").forEach(quieten), pause);
  };
  quietenSoon();

  page.connect((message) => model.send_msg(message));
  return document.createElement("span");
}
