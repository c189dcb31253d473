// The course of an exchange: a list of events, as a diagram and as a table.

const mostDrawn = 60;

function seconds(microseconds) {
  return `${(microseconds / 1e6).toFixed(4)} s`;
}

/** Each event: time, stream, who acts, what it is, in words, and its bytes. */
function courseOf(results, one) {
  const course = results.json.courses[one.x];
  let at = 0;
  return course.map(([kind, stream, first, second, third], i) => {
    at += one.m[i];
    const event = { at, stream: streams[stream] ?? "", from: "client", kind: "note", text: "", bytes: null };
    switch (kind) {
      case 0:
        event.text = results.text(first);
        event.kind = { "half-close": "fin", close: "fin", reset: "rst" }[event.text] ?? "note";
        if (event.kind === "fin") event.text = event.text === "close" ? "closes (FIN)" : "half-close (FIN)";
        if (event.kind === "rst") event.text = "resets (RST)";
        break;
      case 1:
        event.kind = "data";
        event.bytes = results.bytes(first);
        event.text = `sends ${count(event.bytes.length, "byte")}`;
        break;
      case 2:
        event.kind = "connect";
        event.from = stream === 1 ? "server" : "client";
        event.text = "connected";
        break;
      case 3: {
        event.kind = "data";
        event.from = "server";
        const received = results.received(one, stream);
        event.text = second < 0 ? `the last of ${third} pieces, ${count(first, "byte")}` : `piece of ${count(first, "byte")}`;
        if (second >= 0) event.piece = { bytes: received.bytes, offset: second, length: first };
        break;
      }
      case 4:
        event.from = first === 3 ? "client" : "server";
        event.kind = first === 1 ? "fin" : first === 2 ? "rst" : "note";
        event.text = ends[first];
        break;
      default:
        event.kind = "steps";
        event.text = "all steps done";
    }
    return event;
  });
}

/** The bytes of an event as escaped text of at most so many bytes. */
function eventBytes(event, most) {
  if (event.bytes) return event.bytes.quote(most);
  if (!event.piece) return "";
  const { bytes, offset, length } = event.piece;
  return `"${bytes.slice(offset, offset + Math.min(length, most))}"${length > most ? "..." : ""}`;
}

/** The beginning and the end where there are too many; what is left out is told. */
function shortened(events, most) {
  if (events.length <= most) return events;
  const tail = 15;
  return [...events.slice(0, most - tail), { kind: "gap", at: 0, stream: "", from: "client", text: `${events.length - most} more`, bytes: null }, ...events.slice(-tail)];
}

function eventTable(events) {
  const who = (event) => (event.kind === "steps" || event.kind === "gap" ? "" : event.kind === "data" || event.kind === "connect" || event.kind === "fin" || event.kind === "rst"
    ? `${event.from} to ${event.from === "client" ? "server" : "client"}` : event.from);
  return el("div", { class: "scroll", role: "region", "aria-label": "Course of the exchange", tabindex: 0 }, el("table", { class: "events" },
    el("thead", {}, el("tr", {}, ["time", "connection", "direction", "what", "bytes"].map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, shortened(events, 600).map((event) => el("tr", {}, el("td", { class: "number" }, event.kind === "gap" ? "..." : seconds(event.at)), el("td", {}, event.stream),
      el("td", {}, who(event)), el("td", {}, event.text), el("td", {}, code(eventBytes(event, 200))))))));
}
