// What was expected of a stream beside what came: as text, and as rows of hexadecimal digits with the differing bytes marked.

const rowsBesideDifference = 6;
const mostRows = 24;

/** The bytes that are certain: all of them, or those before the first place where only a form is stated. */
function certain(expected) {
  const [first] = expected.parts;
  if (!first) return { bytes: new Bytes(0, []), whole: true };
  if (!first.bytes) return { bytes: new Bytes(0, []), whole: false };
  return { bytes: first.bytes, whole: expected.parts.length === 1 };
}

/** The first offset that differs, or -1. Behind a form nothing can be said. */
function firstDifference(wanted, whole, received) {
  const length = whole ? Math.max(wanted.length, received.length) : wanted.length;
  for (let i = 0; i < length; i++) {
    const left = wanted.at(i);
    const right = received.at(i);
    if (left === null && right === null) continue;
    if (left !== right) return i;
  }
  return -1;
}

function compareStream(name, expected, received) {
  const title = el("h4", {}, `${name} connection`);
  if (!received.connected) {
    const parts = expected?.check && expected.connected ? [el("p", {}, "Expected: ", contentText(expected.parts))] : [];
    return el("section", { class: "stream" }, title, el("p", {}, `There was no connection${expected?.check && !expected.connected ? ", as expected" : ""}.`), parts);
  }
  if (!expected || !expected.check || !expected.connected) {
    const why = expected?.check ? "Expected: no connection." : "Not judged.";
    return el("section", { class: "stream" }, title, el("p", {}, why, ` Received ${count(received.bytes.length, "byte")}: `, code(received.bytes.quote(400))), hexTable(null, true, received.bytes, -1));
  }
  const { bytes: wanted, whole } = certain(expected);
  const first = firstDifference(wanted, whole, received.bytes);
  const more = received.overflow ? " and more, which was not read" : "";
  const outcome = !whole ? (first < 0 ? "Only a form is stated for a part of the bytes: the findings say whether they have it." : `The first difference is at offset ${first}.`)
    : first >= 0 ? `The first difference is at offset ${first}.`
      : received.overflow ? "More came than the suite keeps." : `${count(received.bytes.length, "byte")}, as expected.`;
  return el("section", { class: `stream${first >= 0 ? " differs" : ""}` }, title, el("p", {}, outcome),
    el("dl", { class: "side-by-side" },
      el("div", {}, el("dt", {}, whole ? `expected, ${count(wanted.length, "byte")}` : "expected"), el("dd", {}, whole ? quoted(wanted, first) : contentText(expected.parts))),
      el("div", {}, el("dt", {}, `received, ${count(received.bytes.length, "byte")}${more}`), el("dd", {}, quoted(received.bytes, first)))),
    hexTable(wanted, whole, received.bytes, first));
}

function code(text) {
  return el("code", { class: "bytes" }, text);
}

/** Quoted text around the first difference; from there on it is marked. */
function quoted(bytes, first) {
  const around = 160;
  const from = Math.max(0, first - around);
  const to = Math.min(bytes.length, Math.max(0, first) + 3 * around);
  const before = first < 0 ? bytes.slice(from, to) : bytes.slice(from, Math.min(first, bytes.length));
  return el("code", { class: "bytes" }, from > 0 ? `...(${from} bytes)` : "", '"', before,
    first >= 0 && (first < bytes.length ? el("mark", {}, bytes.slice(first, to)) : el("mark", { class: "missing" }, "\u2400", spoken("ends here"))), '"', to < bytes.length ? `...(${bytes.length - to} more)` : "");
}

function contentText(parts) {
  return parts.length === 0 ? el("em", {}, "nothing") : parts.map((part) => [part.bytes ? code(part.bytes.quote(400))
    : el("span", { class: "pattern" }, part.pattern === ".*" ? "any bytes" : ["bytes of the form ", code(part.pattern)]), " "]);
}

/** Rows of 16 bytes, of 8 on a narrow screen. Rows far from the beginning and the difference are left out until asked for. */
function hexTable(wanted, whole, received, first) {
  const width = matchMedia("(max-width: 700px)").matches ? 8 : 16;
  const length = Math.max(wanted?.length ?? 0, received.length);
  if (length === 0) return null;
  const numbers = [];
  for (let row = 0; row * width < length; row++) {
    if (isKept(wanted, row * width, width) || isKept(received, row * width, width)) numbers.push(row);
  }
  const differing = first < 0 ? 0 : Math.floor(first / width);
  const near = numbers.filter((row) => row < 2 || Math.abs(row - differing) <= rowsBesideDifference);
  const body = el("tbody", { role: "rowgroup" });
  const draw = (rows) => {
    const lines = [];
    let next = 0;
    for (const row of rows) {
      if (row > next) lines.push(gap((row - next) * width));
      lines.push(hexRow(wanted, whole, received, row * width, width));
      next = row + 1;
    }
    if (next * width < length) lines.push(gap(length - next * width));
    body.replaceChildren(...lines);
  };
  const short = numbers.length > mostRows;
  draw(short ? near : numbers);
  const all = short && el("button", { type: "button", on: { click: (event) => { draw(numbers); event.target.remove(); } } }, `show all ${numbers.length} rows that are kept`);
  const heads = wanted === null ? ["offset", "received", "as text"] : ["offset", "expected", "as text", "received", "as text"];
  return [el("div", { class: "scroll", role: "region", "aria-label": "Bytes", tabindex: 0 },
    el("table", { class: "hex", role: "table" }, el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, heads.map((head) => el("th", { role: "columnheader", scope: "col" }, head)))), body)), all];
}

function isKept(bytes, from, width) {
  if (!bytes) return false;
  for (let i = from; i < from + width; i++) {
    const byte = bytes.at(i);
    if (byte !== null && byte !== -1) return true;
  }
  return false;
}

function gap(bytes) {
  return el("tr", { class: "gap", role: "row" }, el("td", { role: "cell", colspan: 5 }, `... ${count(bytes, "byte")} not shown`));
}

function hexRow(wanted, whole, received, from, width) {
  const differs = (i) => {
    const left = wanted?.at(i);
    const right = received.at(i);
    return wanted !== null && (whole || i < wanted.length) && left !== null && right !== null && left !== right;
  };
  let some = false;
  for (let i = from; i < from + width; i++) some ||= differs(i);
  return el("tr", { class: some ? "differs" : null, role: "row" },
    el("th", { role: "rowheader", scope: "row" }, some ? el("span", { class: "flag", title: "differs" }, "!", spoken(" differs, ")) : "", String(from)),
    wanted !== null && hexSide("expected", wanted, from, width, differs), hexSide(wanted === null ? "" : "received", received, from, width, differs));
}

/** Two cells: digits and characters. Bytes that differ stand in marks, those that lack as dashes. */
function hexSide(side, bytes, from, width, differs) {
  const digits = el("td", { class: "digits", role: "cell", "data-side": side });
  const characters = el("td", { class: "characters", role: "cell" });
  let run = null;
  for (let i = from; i < from + width; i++) {
    const byte = bytes.at(i);
    const marked = differs(i);
    if (byte === -1 && !marked) break;
    if (run === null || run.marked !== marked || run.missing !== (byte === -1)) {
      const [name, missing] = [marked ? "mark" : "span", byte === -1];
      run = { marked, missing, digits: el(name, { class: missing && "missing" }), characters: el(name, { class: missing && "missing" }) };
      if (digits.firstChild) digits.append(" ");
      digits.append(run.digits);
      characters.append(run.characters);
    }
    run.digits.textContent += (run.digits.textContent === "" ? "" : " ") + (byte === -1 ? "--" : byte === null ? "??" : hexByte(byte));
    run.characters.textContent += byte === -1 ? "" : byte === hiddenByte ? "*" : byte !== null && byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".";
  }
  return [digits, characters];
}
