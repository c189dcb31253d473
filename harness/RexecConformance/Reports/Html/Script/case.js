// The view of one case.

class CaseView {
  constructor(results, matrix) {
    this.results = results;
    this.matrix = matrix;
    this.node = el("article", { "aria-labelledby": "case-title" });
    addEventListener("resize", () => this.draw());
  }

  show(one, state) {
    const { results } = this;
    const row = results.rows[one.r];
    const target = results.targets[one.t];
    const verdict = results.verdict(one);
    this.one = one;
    this.drawnWidth = 0;
    this.figure = el("div", { class: "figure" });
    this.node.replaceChildren(
      this.navigation(one, state),
      el("h2", { id: "case-title", tabindex: -1 }, row.title),
      el("p", { class: "case-line" }, el("span", { class: `verdict v-${verdict}` }, el("span", { class: "glyph", "aria-hidden": "true" }, glyphs[verdict]), verdict), " ",
        el("code", {}, row.name), " on ", el("b", {}, target.target), ", judged as ", el("b", {}, target.dialect)),
      el("ul", { class: "facts" }, [["level", row.level], ["topic", row.topic], ["tags", row.tags.join(", ")]].filter(([, value]) => value !== "").map(([name, value]) => el("li", {}, name, " ", el("b", {}, value)))),
      ...this.sections(one, state).filter(Boolean));
    this.draw();
  }

  navigation(one, state) {
    const link = (to, words, key) => (to ? el("a", { href: caseAddress(this.results, state, to), "aria-keyshortcuts": key }, words) : el("span", { class: "off" }, words));
    return el("nav", { "aria-label": "Cases" },
      el("a", { href: writeState(this.results, { ...state, view: null }), id: "back", "aria-keyshortcuts": "Escape" }, "\u2190 all results"),
      link(this.matrix.beside(one, -1), "previous case", "k"), link(this.matrix.beside(one, 1), "next case", "j"));
  }

  sections(one, state) {
    const { results } = this;
    return [
      this.findings(one),
      one.x !== undefined && el("section", {}, el("h3", {}, "What was done"), this.remarks(one), this.figure, el("p", { class: "small" }, "Full lines: primary connection. Dashed lines: auxiliary connection (stderr)."),
        el("details", {}, el("summary", {}, "the same as a table"), eventTable(courseOf(results, one)))),
      one.o && el("section", {}, el("h3", {}, "Expected and received"), this.endsTable(one), streams.map((name, i) => compareStream(name, results.expected(one, i), results.received(one, i)))),
      this.command(one),
      this.others(one, state),
      this.requirements(one),
      this.basis(one),
    ];
  }

  findings(one) {
    const reason = this.results.text(one.y);
    if (one.f.length === 0 && reason === "") return null;
    return el("section", {}, el("h3", {}, one.f.length > 0 ? "Findings" : "Why"), one.f.length === 0 ? el("p", {}, reason)
      : el("ul", { class: "findings" }, one.f.map(([kind, , text]) => el("li", {}, el("span", { class: "kind" }, this.results.text(kind)), " ", this.results.text(text)))));
  }

  remarks(one) {
    const [fragments, segments, proof, duration, error] = one.s;
    const sent = `${count(fragments, "fragment")}${segments < 0 ? "" : `, ${count(segments, "TCP segment")}`}: ${proofs[proof]}. It took ${seconds(duration)}.`;
    return [error >= 0 && el("p", { class: "warning" }, `There was no connection: ${this.results.text(error)}`), el("p", {}, sent)];
  }

  /** Drawn as wide as there is room, so that its text stays readable on a phone. */
  draw() {
    if (!this.node.isConnected || this.one?.x === undefined) return;
    const width = Math.max(280, Math.min(900, this.figure.clientWidth));
    if (width === this.drawnWidth) return;
    this.drawnWidth = width;
    this.figure.replaceChildren(diagram(courseOf(this.results, this.one), width));
  }

  endsTable(one) {
    const { results } = this;
    const lines = streams.map((name, i) => {
      const seen = results.received(one, i);
      const wanted = results.expected(one, i);
      const differs = one.f.some(([kind, stream]) => stream === i && ["end", "time", "connection"].includes(results.text(kind)));
      const expectation = !wanted || !wanted.check ? "not judged" : wanted.connected ? wanted.end : "no connection";
      const was = seen.connected ? `${ends[seen.end]} at ${seconds(seen.endAt)}, ${endedAfter(seen.endAt - one.k)}` : "no connection";
      return el("tr", { class: differs ? "differs" : null }, el("th", { scope: "row" }, differs && el("span", { class: "flag" }, "!", spoken(" differs, ")), name), el("td", {}, expectation), el("td", {}, differs ? el("mark", {}, was) : was));
    });
    return el("div", { class: "scroll", role: "region", "aria-label": "How the connections ended", tabindex: 0 }, el("table", { class: "ends" }, el("thead", {}, el("tr", {}, ["connection", "end expected", "how it ended"].map((head) => el("th", { scope: "col" }, head)))), el("tbody", {}, lines)));
  }

  command(one) {
    const text = this.results.command(one);
    const line = el("code", { class: "command", id: "command", tabindex: 0 }, text);
    const capture = one.c === undefined ? null : this.results.text(one.c);
    return el("section", {}, el("h3", {}, "Again"), el("p", {}, line), el("p", {}, el("button", { type: "button", id: "copy", on: { click: (event) => copy(text, line, event.target) } }, "copy the command")),
      capture && el("p", {}, el("a", { href: capture, id: "capture" }, "the capture of this case"), " (pcapng, for Wireshark)"));
  }

  others(one, state) {
    const { results } = this;
    const { cells } = results.rows[one.r];
    const beside = cells.filter((other) => other !== null && other !== one);
    if (beside.length === 0) return null;
    return el("section", {}, el("h3", {}, "The same on other targets"), el("div", { class: "scroll", role: "region", "aria-label": "The same on other targets", tabindex: 0 }, el("table", { class: "others" },
      el("thead", {}, el("tr", {}, ["target", "verdict", "primary", "auxiliary"].map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, [one, ...beside].map((other) => el("tr", {}, el("th", { scope: "row" }, other === one ? el("span", {}, results.targets[other.t].name, " (this one)") : el("a", { href: caseAddress(results, state, other) }, results.targets[other.t].name)),
        el("td", {}, el("span", { class: `verdict v-${results.verdict(other)}` }, el("span", { class: "glyph", "aria-hidden": "true" }, glyphs[results.verdict(other)]), results.verdict(other))),
        [0, 1].map((stream) => el("td", {}, this.brief(other, stream)))))))));
  }

  brief(one, stream) {
    const seen = this.results.received(one, stream);
    if (!seen) return this.results.text(one.y);
    return seen.connected ? [code(seen.bytes.quote(60)), " ", ends[seen.end]] : "no connection";
  }

  requirements(one) {
    const { results } = this;
    if (one.q.length === 0) return null;
    return el("section", {}, el("h3", {}, "Requirements"), one.q.map((number) => {
      const [id, level, says, systems, sources] = results.json.requirements[number];
      if (level === undefined) return el("p", {}, el("code", {}, results.text(id)));
      return el("div", { class: "requirement" }, el("p", {}, el("code", {}, results.text(id)), ` (${results.text(level)}): ${results.text(says)}`),
        sources.map(([document, place, quote]) => el("figure", {}, el("blockquote", {}, el("p", {}, results.text(quote))), el("figcaption", {}, `${results.text(document)}, ${results.text(place)}`))),
        systems.length > 0 && el("p", { class: "small" }, `holds for ${systems.map((system) => results.text(system)).join(", ")}`));
    }));
  }

  basis(one) {
    const { results } = this;
    const lines = results.json.basis[one.b];
    if (lines.length === 0) return null;
    return el("section", {}, el("h3", {}, "What backs the expectation"), el("div", { class: "scroll", role: "region", "aria-label": "What backs the expectation", tabindex: 0 }, el("table", { class: "basis" },
      el("thead", {}, el("tr", {}, ["attribute", "basis", "source"].map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, lines.map(([attribute, kind, source, place, note]) => el("tr", {}, el("th", { scope: "row" }, results.text(attribute)), el("td", {}, results.text(kind)),
        el("td", {}, results.text(source), place >= 0 && `, ${results.text(place)}`, note >= 0 && ` (${results.text(note)})`)))))));
  }
}

function endedAfter(microseconds) {
  return microseconds < 0 ? `${seconds(-microseconds)} before the last step` : `${seconds(microseconds)} after the last step`;
}

/** To the clipboard; where the browser does not let it, the command is selected for the person to copy. */
async function copy(text, node, button) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "copied";
    say("The command is copied.");
  } catch {
    const range = document.createRange();
    range.selectNodeContents(node);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    button.textContent = "selected: copy it by hand";
    say("The browser does not allow it: the command is selected, copy it by hand.");
  }
}
