// The sequence diagram: client on the left, server on the right, time downwards. The primary connection is drawn in full lines,
// the auxiliary one in dashes, so that no colour is needed to tell them apart.

const lineHeight = 34;
const characterWidth = 7.3;

function diagram(events, width) {
  const drawn = shortened(events, mostDrawn);
  const client = 84;
  const server = width - 24;
  const top = 40;
  const height = top + drawn.length * lineHeight + 16;
  const most = Math.floor((server - client - 32) / characterWidth);
  const parts = [
    svg("line", { class: "life", x1: client, x2: client, y1: 28, y2: height }),
    svg("line", { class: "life", x1: server, x2: server, y1: 28, y2: height }),
    svg("text", { class: "who", x: client, y: 18, "text-anchor": "middle" }, "client"),
    svg("text", { class: "who", x: server, y: 18, "text-anchor": "end" }, "server"),
  ];
  drawn.forEach((event, i) => parts.push(...drawEvent(event, top + i * lineHeight, client, server, most)));
  return svg("svg", { class: "diagram", width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "Sequence diagram of both connections. The table below says the same." }, parts);
}

function drawEvent(event, y, client, server, most) {
  const at = y + 20;
  const time = event.kind === "gap" ? [] : [svg("text", { class: "time", x: client - 10, y: at + 4, "text-anchor": "end" }, seconds(event.at))];
  const aux = event.stream === "aux";
  const prefix = event.stream === "" ? "" : aux ? "aux: " : "";
  const bytes = eventBytes(event, 120);
  const words = cut(prefix + event.text + (bytes === "" ? "" : " " + bytes), most);
  if (event.kind === "steps" || event.kind === "gap") {
    return [...time, svg("line", { class: "steps", x1: client, x2: server, y1: at, y2: at }), svg("text", { class: "label", x: (client + server) / 2, y: at - 5, "text-anchor": "middle" }, words)];
  }
  if (event.kind === "note") {
    const right = event.from === "server";
    const x = right ? server : client;
    return [...time, svg("circle", { class: `dot${aux ? " aux" : ""}`, cx: x, cy: at, r: 4 }), svg("text", { class: "label", x: right ? x - 12 : x + 12, y: at + 4, "text-anchor": right ? "end" : "start" }, words)];
  }
  const toServer = event.from === "client";
  const from = toServer ? client : server;
  const to = toServer ? server : client;
  const sign = toServer ? 1 : -1;
  const tip = event.kind === "rst" ? cross(to - sign * 10, at) : [svg("path", { class: "tip", d: `M${to} ${at}l${-sign * 9} -5v10z` })];
  const open = event.kind === "fin" ? [svg("line", { class: "stop", x1: to - sign * 13, x2: to - sign * 13, y1: at - 6, y2: at + 6 })] : [];
  return [...time, svg("g", { class: `arrow ${event.kind}${aux ? " aux" : ""}` }, svg("line", { class: "shaft", x1: from, x2: to - (event.kind === "rst" ? sign * 10 : 0), y1: at, y2: at }), tip, open),
    svg("text", { class: "label", x: client + 22, y: at - 6 }, words)];
}

function cross(x, y) {
  return [svg("path", { class: "cross", d: `M${x - 5} ${y - 5}l10 10M${x - 5} ${y + 5}l10 -10` })];
}

function cut(text, most) {
  return text.length <= most ? text : text.slice(0, Math.max(1, most - 1)) + "\u2026";
}
