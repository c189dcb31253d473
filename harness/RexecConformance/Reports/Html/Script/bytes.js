// Bytes are texts in which each character is a byte; one above all bytes stands for a byte of a password.

const hiddenByte = 0x100;

/** One byte as escaped text; `next` is the byte behind it, since \0 before a digit would be read as another one. */
function escapeByte(byte, next) {
  switch (byte) {
    case hiddenByte: return "*";
    case 0: return next >= 0x30 && next <= 0x39 ? "\\x00" : "\\0";
    case 9: return "\\t";
    case 10: return "\\n";
    case 13: return "\\r";
    case 0x22: return '\\"';
    case 0x5c: return "\\\\";
    default: return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "\\x" + byte.toString(16).padStart(2, "0");
  }
}

function escapeText(text, from = 0, to = text.length) {
  let escaped = "";
  for (let i = from; i < to; i++) escaped += escapeByte(text.charCodeAt(i), i + 1 < text.length ? text.charCodeAt(i + 1) : -1);
  return escaped;
}

function hexByte(byte) {
  return byte === hiddenByte ? "**" : byte.toString(16).padStart(2, "0");
}

/** What is kept of a stream's bytes: its length, and ranges with their offsets. */
class Bytes {
  constructor(length, ranges) {
    this.length = length;
    this.ranges = ranges;
  }

  get kept() {
    return this.ranges.reduce((sum, range) => sum + range.text.length, 0);
  }

  /** The byte at an offset; null where it is not kept, -1 behind the last one. */
  at(offset) {
    if (offset >= this.length) return -1;
    for (const range of this.ranges) {
      if (offset >= range.offset && offset < range.offset + range.text.length) return range.text.charCodeAt(offset - range.offset);
    }
    return null;
  }

  /** Escaped text of a range; what is not kept is counted. */
  slice(from, to) {
    let escaped = "";
    let left = 0;
    const end = Math.min(to, this.length);
    for (let i = from; i < end; i++) {
      const byte = this.at(i);
      if (byte === null) {
        left++;
        continue;
      }
      if (left > 0) escaped += `...(${left} bytes)...`;
      left = 0;
      escaped += escapeByte(byte, i + 1 < end ? this.at(i + 1) : -1);
    }
    return left > 0 ? `${escaped}...(${left} bytes)` : escaped;
  }

  /** Quoted text of at most so many bytes. */
  quote(most = 80) {
    return `"${this.slice(0, most)}"${this.length > most ? `... (${this.length} bytes)` : ""}`;
  }
}
