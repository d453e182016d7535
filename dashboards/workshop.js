// A phone that slept, or left the network for a while, comes back to where the room is now.
(() => {
  const SETTLE = 300;
  let lost = null;
  const watch = setInterval(() => {
    const joined = window.Bokeh?.documents?.[0];
    if (!joined) return;
    clearInterval(watch);
    joined.on_event("connection_lost", (_, event) => { lost = event; });
    joined.on_event("client_reconnected", () => {
      lost = null;
      setTimeout(() => window.fairshare.tell({ do: "again", id: new URL(location.href).searchParams.get("see") ?? "", value: "" }), SETTLE);
    });
  }, 200);
  const again = () => { if (lost !== null && document.visibilityState === "visible") lost.reconnect(); };
  document.addEventListener("visibilitychange", again);
  window.addEventListener("online", again);
})();
