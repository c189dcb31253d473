// Unpacks the results that stand in the page. What many results share is named by number.

const streams = ["primary", "aux"];
const proofs = ["each fragment was a TCP segment of its own, by the kernel's count", "the kernel merged fragments: not what the case says", "the system does not tell whether each fragment was a segment"];
const ends = ["still open", "closed in order (FIN)", "reset (RST)", "left by the client first"];

async function unpack() {
  const node = document.getElementById("data");
  const packed = decode(node.textContent);
  node.remove();
  const json = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  return new Results(json);
}

function decode(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

class Results {
  constructor(json) {
    this.json = json;
    this.strings = json.strings;
    this.verdicts = json.verdicts;
    this.targets = json.targets.map(([target, dialect, failure, guess], index) => ({
      index, target: this.text(target), dialect: this.text(dialect), failure: this.text(failure), guess: this.text(guess),
      name: `${this.text(target)} as ${this.text(dialect)}`,
    }));
    this.rows = json.rows.map(([name, title, level, topic, tags], index) => ({
      index, name: this.text(name), title: this.text(title), level: this.text(level), topic: this.text(topic),
      tags: tags.map((tag) => this.text(tag)), cells: new Array(this.targets.length).fill(null),
    }));
    for (const one of json.cases) {
      one.answer = this.answer(one);
      this.rows[one.r].cells[one.t] = one;
    }
    this.cache = new Map();
  }

  text(number) {
    return number < 0 ? "" : this.strings[number];
  }

  verdict(one) {
    return this.verdicts[one.v];
  }

  isRed(one) {
    return ["fail", "xpass", "error"].includes(this.verdict(one));
  }

  /** What two targets must have in common to have answered alike: bytes and ends, not times. */
  answer(one) {
    return one.o ? one.o.map((stream) => (stream.length === 0 ? "-" : `${stream[3]}:${stream[1]}`)).join(" ") : null;
  }

  bytes(number) {
    const [length, ...ranges] = this.json.bytes[number];
    const kept = [];
    for (let i = 0; i < ranges.length; i += 2) kept.push({ offset: ranges[i], text: this.strings[ranges[i + 1]] });
    return new Bytes(length, kept);
  }

  received(one, stream) {
    const values = one.o?.[stream];
    if (!values) return null;
    if (values.length === 0) return { connected: false };
    const [at, end, endAt, bytes, overflow] = values;
    return { connected: true, at, end, endAt, bytes: this.bytes(bytes), overflow: overflow === 1 };
  }

  expected(one, stream) {
    if (!one.e) return null;
    const [check, connected, end, parts] = this.json.expectations[one.e[stream]];
    return {
      check: check === 1, connected: connected === 1, end: this.text(end),
      parts: parts.map(([kind, number]) => (kind === 0 ? { bytes: this.bytes(number) } : { pattern: this.text(number) })),
    };
  }

  command(one) {
    return this.text(one.p) + (one.w ? "" : `'${this.rows[one.r].name}'`);
  }

  /** What a search looks into, in small letters. */
  searched(one) {
    let words = this.small(one.y);
    for (const stream of one.o ?? []) {
      if (stream.length > 0) words += "\n" + this.smallBytes(stream[3]);
    }
    return words;
  }

  small(number) {
    return this.text(number).toLowerCase();
  }

  smallBytes(number) {
    let words = this.cache.get(number);
    if (words === undefined) {
      const [, ...ranges] = this.json.bytes[number];
      words = "";
      for (let i = 1; i < ranges.length; i += 2) words += escapeText(this.strings[ranges[i]]).toLowerCase() + "\n";
      this.cache.set(number, words);
    }
    return words;
  }
}
